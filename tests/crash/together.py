"""Repairs beside each other, and beside an application that goes on writing.

- Of two repairs the second refuses with exit code 5 and one line, or waits when it is told to.
- An application keeps creating, linking and ending sessions, breaking one now and then, while repairs and undos run: no healthy row is touched, nothing that
  the application wrote is lost, and what is broken at the end is repaired. Some seconds; a minute with AUDIT_TEST_LONG=1.
"""

import os
import shutil
import sqlite3
import sys
import threading
import time

import _world
from _world import Failed

SECONDS = 60 if _world.LONG else 8
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


class Application(threading.Thread):
    """Writes both databases as their owner does, and remembers what must be in them."""

    def __init__(self, world):
        super().__init__()
        self.world = world
        self.ending = threading.Event()
        self.problem = None
        self.number = 0
        self.session = {}  # id → status, of what a repair must not touch
        self.broken = set()
        self.told = []     # messages that must stay

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
        if self.number % 10 == 0:
            self.left.execute("UPDATE sessions SET status = 'lost' WHERE id = ?", (name,))
            self.broken.add(name)
            return
        self.session[name] = "active"
        self.told.append(message)
        if self.number > 20 and self.number % 3 == 0:
            old = "live-%d" % (self.number - 15)
            if old in self.session:
                self.left.execute("UPDATE sessions SET status = 'done', messages = messages + 1 WHERE id = ?", (old,))
                self.session[old] = "done"
                self.right.execute("UPDATE tasks SET status = 'done' WHERE session_id = ?", (old,))


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
    dropped = {session for session, in right.execute("SELECT session_id FROM events WHERE kind = 'dropped'")}
    return sessions, dropped, [one for one in (left, right) if one.execute("PRAGMA integrity_check").fetchall() != [("ok",)]]


def live_writer(directory):
    world = _world.World(directory)
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
