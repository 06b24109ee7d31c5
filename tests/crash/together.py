"""Repairs beside each other, and beside an application that goes on writing.

- Of two repairs the second refuses with exit code 5 and one line, or waits when it is told to.
- An application keeps creating, linking and ending sessions in two databases (one in WAL mode) and in a registry with transcripts, breaking one now and then,
  while repairs and undos run: nothing healthy is touched, nothing that the application wrote is lost, and what is broken at the end is repaired. Half a minute; a
  whole one with AUDIT_TEST_LONG=1.
"""

import json
import os
import shutil
import sqlite3
import sys
import threading
import time

import _world
from _world import Failed

SECONDS = 60 if _world.LONG else 30
# On a machine that is busy otherwise it goes on until something was tried.
MOST_SECONDS = 120


def check(holds, what):
    if not holds:
        raise Failed(what)


def two_repairs(directory):
    world = _world.World(directory)
    # The first one waits for the lock of a store, with the lock on the runs in its hand.
    application = _world.database(world.path("left"))
    application.execute("BEGIN IMMEDIATE")
    first = world.start(["repair", "--yes"])
    lock = os.path.join(world.state, "lock")
    give_up = time.monotonic() + 20
    while not (os.path.exists(lock) and os.path.getsize(lock) > 0):
        check(time.monotonic() < give_up and first.poll() is None, "the first repair does not begin")
        time.sleep(0.01)
    for command in (["repair", "--yes"], ["recover", "--yes"]):
        code, said = world.audit(*command)
        check(code == 5, "%s beside a repair: exit %d\n%s" % (command[0], code, said))
        check(str(first.pid) in said and "another repair" in said, "it does not say who: " + said)
        check(len([line for line in said.splitlines() if line.startswith("audit:")]) == 1, "more than one line: " + said)
    second = world.start(["repair", "--yes"], more=["--wait", "30s"])
    time.sleep(0.3)
    check(second.poll() is None, "the second repair does not wait")
    application.execute("COMMIT")
    for name, running in (("first", first), ("second", second)):
        out, error = running.communicate(timeout=_world.PATIENCE)
        check(running.returncode == 0, "the %s repair: exit %d\n%s%s" % (name, running.returncode, out, error))
    check(len(world.runs()) == 1, "both repairs made a run")


class Registry:
    """The shelf as its application writes it: a transcript, then its entry, under the registry's lock and by an atomic replace."""

    PATIENCE = 20

    def __init__(self, path):
        self.path = os.path.join(path, "sessions.json")
        self.folder = path

    def lock(self):
        give_up = time.monotonic() + self.PATIENCE
        while True:
            try:
                handle = os.open(self.path + ".lock", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
                with os.fdopen(handle, "w") as file:
                    json.dump({"pid": os.getpid(), "startedAt": int(time.time() * 1000)}, file)
                return
            except FileExistsError:
                check(time.monotonic() < give_up, "the application never gets the lock of its registry")
                time.sleep(0.002)

    def entries(self):
        with open(self.path, encoding="utf-8") as file:
            return json.load(file)

    def register(self, name, entry):
        self.lock()
        try:
            entries = self.entries()
            entries["live:" + name] = entry
            with open(self.path + ".new", "w", encoding="utf-8") as file:
                json.dump(entries, file, indent=2)
            os.replace(self.path + ".new", self.path)
        finally:
            os.unlink(self.path + ".lock")

    def create(self, name):
        """Returns the transcript and the entry."""
        lines = [{"type": "session", "version": 3, "id": name, "timestamp": "2026-02-01T00:00:00.000Z"},
                 {"type": "message", "id": "1", "parentId": None, "timestamp": "2026-02-01T00:00:01.000Z", "message": {"role": "user", "content": "hello of " + name}}]
        text = "".join(json.dumps(line) + "\n" for line in lines)
        with open(os.path.join(self.folder, name + ".jsonl"), "w", encoding="utf-8") as file:
            file.write(text)
        entry = {"sessionId": name, "updatedAt": int(time.time() * 1000), "sessionFile": name + ".jsonl"}
        self.register(name, entry)
        return text, entry

    def extend(self, name, text):
        more = json.dumps({"type": "message", "id": "2", "parentId": "1", "message": {"role": "assistant", "content": "good day"}}) + "\n"
        with open(os.path.join(self.folder, name + ".jsonl"), "a", encoding="utf-8") as file:
            file.write(more)
        return text + more


class Application(threading.Thread):
    """Writes databases and registry as their owner does, and remembers what must be in them."""

    def __init__(self, world):
        super().__init__()
        self.world = world
        self.ending = threading.Event()
        self.problem = None
        self.number = 0
        self.session = {}  # id → status, of what a repair must not touch
        self.broken = set()
        self.told = []     # messages that must stay
        self.files = {}    # id → transcript and entry, of what a repair must not touch
        self.registry = Registry(world.shelf.path)

    def run(self):
        try:
            self.left = _world.database(self.world.path("left"))
            self.right = _world.database(self.world.path("right"))
            self.left.execute("PRAGMA foreign_keys = ON")
            while not self.ending.is_set():
                self.live()
                time.sleep(0.002)
            self.left.close()
            self.right.close()
        except Exception as problem:  # pylint: disable=broad-except
            self.problem = problem

    def live(self):
        self.number += 1
        name, task = "live-%d" % self.number, "work-%d" % self.number
        self.right.execute("INSERT INTO tasks (id, status, session_id) VALUES (?, 'running', ?)", (task, name))
        self.left.execute("INSERT INTO sessions (id, status, task_id, messages) VALUES (?, 'active', ?, 1)", (name, task))
        message = self.left.execute("INSERT INTO messages (session_id, body) VALUES (?, 'hello')", (name,)).lastrowid
        filed = self.registry.create(name)
        if self.number % 10 == 0:
            self.left.execute("UPDATE sessions SET status = 'lost' WHERE id = ?", (name,))
            self.broken.add(name)
            return
        self.session[name] = "active"
        self.told.append(message)
        self.files[name] = filed
        if self.number > 20 and self.number % 3 == 0:
            old = "live-%d" % (self.number - 15)
            if old in self.session:
                self.left.execute("UPDATE sessions SET status = 'done', messages = messages + 1 WHERE id = ?", (old,))
                self.session[old] = "done"
                self.right.execute("UPDATE tasks SET status = 'done' WHERE session_id = ?", (old,))
                self.files[old] = (self.registry.extend(old, self.files[old][0]), self.files[old][1])


def verify(world, application):
    left, right = _world.database(world.path("left")), _world.database(world.path("right"))
    sessions = dict(left.execute("SELECT id, status FROM sessions"))
    wrong = [name for name, status in application.session.items() if sessions.get(name) != status]
    check(not wrong, "%d healthy sessions are not what the application made them: %s" % (len(wrong), wrong[:5]))
    messages = {number for number, in left.execute("SELECT id FROM messages")}
    lost = [number for number in application.told if number not in messages]
    check(not lost, "%d messages of healthy sessions are lost" % len(lost))
    tasks = {session: status for session, status in right.execute("SELECT session_id, status FROM tasks WHERE session_id LIKE 'live-%'")}
    for name, status in application.session.items():
        check(tasks.get(name) == ("done" if status == "done" else "running"), "the task of %s is %r" % (name, tasks.get(name)))
    entries = application.registry.entries()
    for name, (text, entry) in application.files.items():
        check(entries.get("live:" + name) == entry, "the entry of %s is %r" % (name, entries.get("live:" + name)))
        with open(os.path.join(world.shelf.path, name + ".jsonl"), encoding="utf-8") as file:
            check(file.read() == text, "the transcript of %s is another" % name)
    dropped = {session for session, in right.execute("SELECT session_id FROM events WHERE kind = 'dropped'")}
    return sessions, dropped, [one for one in (left, right) if one.execute("PRAGMA integrity_check").fetchall() != [("ok",)]]


def live_writer(directory):
    world = _world.World(directory)
    os.remove(os.path.join(world.shelf.path, "sessions.json.lock"))  # this application waits for no other
    seeded = {name for name in (row[0] for row in _world.database(world.path("left")).execute("SELECT id FROM sessions WHERE status = 'lost'"))}
    application = Application(world)
    application.start()
    repairs = undos = 0
    begin = time.monotonic()
    try:
        while application.problem is None:
            passed = time.monotonic() - begin
            if passed > MOST_SECONDS or passed > SECONDS and repairs > 2 and undos > 0:
                break
            code, said = world.audit("repair", "--yes", more=["--max-fraction", "1"])
            # 1: something broke while it ran. 4: the application did not let it in, and it says that nothing was changed.
            check(code in (0, 1, 4), "repair beside the application: exit %d\n%s" % (code, said))
            repairs += code != 4
            applied = [run[0] for run in world.runs() if run[1] == "repair" and run[2] == "applied"]
            if applied and repairs % 3 == 0:
                code, said = world.audit("undo", applied[-1], "--yes")
                check(code in (0, 4), "undo beside the application: exit %d\n%s" % (code, said))
                undos += code == 0
    finally:
        application.ending.set()
        application.join()
    check(application.problem is None, "the application failed: %r" % (application.problem,))
    check(repairs > 2 and undos > 0 and application.broken, "%d repairs and %d undos: nothing was tried" % (repairs, undos))
    sessions, _, corrupt = verify(world, application)
    check(not corrupt, "a database is corrupt")
    world.must("repair", "--yes", "--max-fraction", "1")
    sessions, dropped, corrupt = verify(world, application)
    broken = application.broken | seeded
    check(not corrupt and not [name for name in broken if name in sessions], "broken sessions are left")
    named = {entry["sessionId"] for entry in application.registry.entries().values()}
    check(not named & broken and not [name for name in broken if os.path.exists(os.path.join(world.shelf.path, name + ".jsonl"))], "broken sessions are left on the shelf")
    left = [name for name in os.listdir(world.shelf.path) if name not in ("sessions.json", "aside") and not name.endswith(".jsonl")]
    check(not left, "left on the shelf: %s" % left)
    check(dropped == broken, "not exactly the broken sessions were dropped: %s" % sorted(dropped ^ broken)[:5])
    check(all(run[2] != "unfinished" for run in world.runs()), "an unfinished run is left")
    return "%d sessions of a live application, %d of them broken, %d repairs, %d undos" % (application.number, len(broken), repairs, undos)


def main():
    scratch = _world.scratch()
    try:
        two_repairs(os.path.join(scratch, "two"))
        print("two repairs at once: the second refuses, or waits")
        print(live_writer(os.path.join(scratch, "live")))
    except (Failed, sqlite3.Error) as problem:
        print(problem)
        sys.exit(1)
    finally:
        shutil.rmtree(scratch)


main()
