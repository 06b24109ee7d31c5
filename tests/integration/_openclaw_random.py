"""Random state directories of OpenClaw's three generations: faults and traps are planted, and exactly the faults have to be found.

What is expected of a block stands beside what it plants and comes from how the application works, never from a run of the program.
AUDIT_SEEDS=FROM-TO tries other seeds; a seed that fails is named and can be run alone."""

import hashlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

NOW = 1772366400  # 2026-03-01T12:00:00Z
DAY = 86400


def iso(at):
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(at))


class Store:
    """One state directory. add_* plant something; `expected` says what has to be found of it."""

    def __init__(self, root, rand, generation):
        self.root, self.rand, self.generation = root, rand, generation
        self.expected = []  # (check, subject id)
        self.registries = {}  # agent → list of (key, entry), in order
        self.databases = {}  # agent → open connection
        self.home = root  # what absolute paths begin with

    def uuid(self):
        bits = "%032x" % self.rand.getrandbits(128)
        return "%s-%s-4%s-8%s-%s" % (bits[:8], bits[8:12], bits[13:16], bits[17:20], bits[20:])

    def agent(self):
        return self.rand.choice(list(self.registries) or list(self.databases))

    def old(self):
        return NOW - self.rand.randrange(1, 20) * DAY - self.rand.randrange(DAY)

    def path(self, agent, name):
        return "agents/%s/sessions/%s" % (agent, name)

    def write(self, path, text, at):
        full = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as f:
            f.write(text if isinstance(text, bytes) else text.encode())
        os.utime(full, (at, at))

    def lines(self, session, at, messages=None, asks="hello"):
        """Header and messages, all before `at`."""
        start = at - 3600
        lines = [json.dumps({"type": "session", "version": 3, "id": session, "timestamp": iso(start), "cwd": "/srv/agent"})]
        parent = None
        for i in range(messages if messages is not None else self.rand.randrange(2, 9)):
            here = "%08x" % self.rand.getrandbits(32)
            role = "user" if i % 2 == 0 else "assistant"
            text = asks if i == 0 else self.rand.choice(["so be it", "naïve – ünïcödé ✓", "a \\ and a \" and \u0007", "x" * self.rand.randrange(1, 3000)])
            content = text if self.rand.random() < 0.3 else [{"type": "text", "text": text}]
            lines.append(json.dumps({"type": "message", "id": here, "parentId": parent, "timestamp": iso(start + 10 * i + 1), "message": {"role": role, "content": content}},
                                    ensure_ascii=self.rand.random() < 0.5))
            parent = here
        return lines

    def transcript(self, agent, session, at, lines=None, name=None, tail="\n"):
        path = self.path(agent, name or session + ".jsonl")
        lines = lines if lines is not None else self.lines(session, at)
        self.write(path, ("\n".join(lines) + tail) if isinstance(tail, str) else "\n".join(lines).encode() + tail, at)
        return path

    def entry(self, agent, session, at, key=None, file=None, has_run=True, **more):
        """Registers; `file` is a name in the agent's folder (True: the session's own, None: not named)."""
        key = key or "agent:%s:%s" % (agent, self.rand.choice(["telegram:group:-%d" % self.rand.getrandbits(30), "slack:channel:c%d" % self.rand.getrandbits(30),
                                                               "subagent:" + self.uuid(), "explicit:" + self.uuid()]))
        entry = {"sessionId": session, "updatedAt": at * 1000 + 1}
        if has_run:
            entry["systemSent"] = True
        if file:
            entry["sessionFile"] = os.path.join(self.home, self.path(agent, session + ".jsonl" if file is True else file))
        if self.generation == "mid" and has_run and self.rand.random() < 0.7:
            entry.update(sessionStartedAt=at * 1000 - 3600000, status=self.rand.choice(["done", "failed"]))
        entry.update(more)
        self.registries[agent].append((key, entry))
        return key

    def registered(self, **how):
        agent, session, at = self.agent(), self.uuid(), self.old()
        path = self.transcript(agent, session, at, **how)
        key = self.entry(agent, session, at, file=self.rand.choice([True, None]))
        return agent, session, at, path, key

    def found(self, check, subject):
        self.expected.append((check, subject))

    # --- healthy, and every trap
    def add_healthy(self):
        self.registered()

    def add_topic(self):
        agent, session, at = self.agent(), self.uuid(), self.old()
        name = "%s-topic-%d.jsonl" % (session, self.rand.randrange(1, 99))
        self.transcript(agent, session, at, name=name)
        self.entry(agent, session, at, file=name)

    def add_never_run(self):
        self.entry(self.agent(), self.uuid(), self.old(), has_run=False)

    def add_command_line_backend(self):
        self.entry(self.agent(), self.uuid(), self.old(), cliSessionIds={"claude-cli": self.uuid()})

    def add_slash(self):
        agent = self.agent()
        self.entry(agent, self.uuid(), self.old(), key="agent:%s:telegram:slash:%d" % (agent, self.rand.getrandbits(30)))

    def add_young(self):
        agent, session, at = self.agent(), self.uuid(), NOW - self.rand.randrange(5, 590)
        self.transcript(agent, session, at, tail=self.rand.choice(["\n", '\n{"type":"mess']))

    def add_young_entry(self):
        self.entry(self.agent(), self.uuid(), NOW - self.rand.randrange(5, 590), file=True)

    def add_archives(self):
        agent, session, at = self.agent(), self.uuid(), self.old()
        stamp = iso(at).replace(":", "-")
        for ending in ("deleted", "bak", "reset")[: 3 if self.generation == "mid" else 2]:
            self.write(self.path(agent, "%s.jsonl.%s.%s" % (session, ending, stamp)), "\n".join(self.lines(session, at)), at)

    def add_alias(self):
        agent, session, at = self.agent(), self.uuid(), self.old()
        self.transcript(agent, session, at)
        self.entry(agent, session, at, file=True)
        self.entry(agent, session, at, file=True)

    def add_run(self):
        agent, session, run, at = self.agent(), self.uuid(), self.uuid(), self.old()
        self.transcript(agent, run, at)
        self.entry(agent, session, at, key="agent:%s:cron:%s:run:%s" % (agent, self.uuid(), run))

    def add_locked_by_the_living(self):
        agent, session, at = self.agent(), self.uuid(), self.old()
        path = self.transcript(agent, session, at, tail='\n{"type":"mess')
        self.entry(agent, session, at, file=True)
        self.write(path + ".lock", json.dumps({"pid": os.getpid(), "createdAt": iso(time.time())}), at)

    def add_checkpoint(self):
        if self.generation != "mid":
            return
        agent, session, at, _, key = self.registered()
        name = "%s.checkpoint.%s.jsonl" % (session, self.uuid())
        self.transcript(agent, session, at, name=name)
        self.registries[agent][-1][1]["compactionCheckpoints"] = [{"preCompaction": {"sessionFile": os.path.join(self.home, self.path(agent, name))}}]

    def add_young_temporary(self):
        self.write(self.path(self.agent(), "sessions.json.%d.%s.tmp" % (self.rand.getrandbits(15), self.uuid())), "{", NOW - 5)

    # --- faults
    def add_lost(self):
        agent, session, at = self.agent(), self.uuid(), self.old()
        name = self.rand.choice([session + ".jsonl", iso(at).replace(":", "-") + "_" + session + ".jsonl"])
        self.found("transcript-without-entry", self.transcript(agent, session, at, name=name))

    def add_channel_history(self):
        agent, session, at = self.agent(), self.uuid(), self.old()
        lines = self.lines(session, at, asks="hello [message_id: %d]" % self.rand.getrandbits(30))
        self.found("superseded-transcript", self.transcript(agent, session, at, lines))

    def add_cron_history(self):
        agent, session, at = self.agent(), self.uuid(), self.old()
        self.found("superseded-transcript", self.transcript(agent, session, at, self.lines(session, at, asks="[cron:%s daily] report" % self.uuid())))

    def add_trajectory(self):
        if self.generation != "mid":
            return
        agent, session, at = self.agent(), self.uuid(), self.old()
        path = self.transcript(agent, session, at)
        keys = [key for key, entry in self.registries[agent] if isinstance(entry, dict)]
        known = bool(keys) and self.rand.random() < 0.5
        key = self.rand.choice(keys) if known else "agent:%s:webchat:%d" % (agent, self.rand.getrandbits(30))
        self.write(self.path(agent, session + ".trajectory.jsonl"), json.dumps({"traceSchema": 1, "sessionId": session, "sessionKey": key}) + "\n", at)
        self.found("superseded-transcript" if known else "transcript-without-entry", path)

    def add_missing(self):
        self.found("entry-without-transcript", self.entry(self.agent(), self.uuid(), self.old(), file=self.rand.choice([True, None])))

    def add_empty(self):
        agent, session, at = self.agent(), self.uuid(), self.old()
        path = self.path(agent, session + ".jsonl")
        self.write(path, self.rand.choice(["", "\n"]), at)
        if self.rand.random() < 0.7:
            self.entry(agent, session, at, file=True)
        self.found("empty-transcript", path)

    def add_header_only(self):
        agent, session, at = self.agent(), self.uuid(), self.old()
        path = self.transcript(agent, session, at, self.lines(session, at, messages=0))
        self.entry(agent, session, at, file=True)
        self.found("header-only-transcript", path)

    def damaged(self, check, change, tail="\n"):
        agent, session, at = self.agent(), self.uuid(), self.old()
        lines = self.lines(session, at, messages=self.rand.randrange(3, 9))
        change(lines)
        path = self.transcript(agent, session, at, lines, tail=tail)
        self.entry(agent, session, at, file=True)
        self.found(check, path)

    def add_header_missing(self):
        self.damaged("transcript-header-missing", lambda lines: lines.pop(0))

    def add_header_cut(self):
        def cut(lines):
            lines[0] = lines[0][: self.rand.randrange(2, len(lines[0]) - 1)]

        self.damaged("transcript-header-missing", cut)

    def add_tail_cut(self):
        def cut(lines):
            lines[-1] = lines[-1][: self.rand.randrange(1, len(lines[-1]) - 1)]

        self.damaged("transcript-truncated", cut, tail="")

    def add_unterminated(self):
        self.damaged("transcript-unterminated", lambda lines: None, tail="")

    def add_bad_line(self):
        wrong = self.rand.choice(['{"type":"message","id":"0badbad', "not JSON at all", "[1,2,3]", '{"a":1}{"b":2}', "\x00\x00\x00"])
        self.damaged("transcript-corrupt", lambda lines: lines.insert(self.rand.randrange(1, len(lines)), wrong))

    def add_nul_tail(self):
        self.damaged("transcript-nul-bytes", lambda lines: None, tail=b"\n" + b"\x00" * self.rand.randrange(1, 5000))

    def add_broken_parent(self):
        self.damaged("transcript-parent-missing", lambda lines: lines.pop(self.rand.randrange(1, len(lines) - 1)))

    def add_copy(self):
        agent, session, _, path, _ = self.registered()
        copy = self.path(agent, "copy of %s.jsonl" % session)
        with open(os.path.join(self.root, path), "rb") as f:
            self.write(copy, f.read(), self.old())
        self.found("duplicate-transcript", copy)

    def add_shared_file(self):
        agent, session, at = self.agent(), self.uuid(), self.old()
        self.transcript(agent, session, at)
        first = self.entry(agent, session, at, file=True)
        second = self.entry(agent, self.uuid(), at, file=session + ".jsonl")
        self.found("entries-share-transcript", min(first, second))

    def add_stale_file(self):
        agent, before, session, at = self.agent(), self.uuid(), self.uuid(), self.old()
        self.transcript(agent, before, at)
        self.transcript(agent, session, at)
        self.found("entry-file-stale", self.entry(agent, session, at, file=before + ".jsonl"))

    def add_outside(self):
        agent = self.agent()
        self.found("entry-outside-root", self.entry(agent, self.uuid(), self.old(), sessionFile="/etc/hostname"))

    def add_dead_lock(self):
        _, _, at, path, _ = self.registered()
        self.write(path + ".lock", json.dumps({"pid": 4194304 + self.rand.getrandbits(20), "createdAt": iso(at)}), at)
        self.found("stale-lock", path + ".lock")

    def add_temporary(self):
        path = self.path(self.agent(), "sessions.json.%d.%s.tmp" % (self.rand.getrandbits(15), self.uuid()))
        self.write(path, self.rand.choice(["{}", "{", ""]), self.old())
        self.found("leftover-temporary-file", path)

    def add_malformed(self):
        agent = self.agent()
        key = "agent:%s:shape:%d" % (agent, self.rand.getrandbits(30))
        self.registries[agent].append((key, self.rand.choice(["text", 7, None, ["a"], True])))
        self.found("entry-malformed", key)

    def add_twice(self):
        agent, session, at, _, key = self.registered()
        self.registries[agent].append((key, self.registries[agent][-1][1]))
        self.found("duplicate-entry-key", key)

    def add_provisional_cron(self):
        agent, job, run, at = self.agent(), self.uuid(), self.uuid(), self.old()
        self.transcript(agent, run, at, self.lines(run, at, asks="[cron:%s daily] report" % job))  # no history: the entry is led to it
        self.found("openclaw-provisional-cron-entry", self.entry(agent, self.uuid(), at, key="agent:%s:cron:%s" % (agent, job)))

    def add_bad_registry(self):
        agent = "bad%d" % self.rand.getrandbits(30)
        at = self.old()
        for _ in range(self.rand.randrange(1, 4)):
            session = self.uuid()
            self.transcript(agent, session, at)
        path = self.path(agent, "sessions.json")
        text = self.rand.choice([None, "", "\x00" * 300, '{"agent:x:main": {"sessionId": "', "sessions"])
        if text is not None:
            self.write(path, text, at)
        if self.rand.random() < 0.5:
            self.write(path + ".1234.ab.tmp", "{}", at)  # perhaps the only good copy
        self.found("registry-unreadable", path)

    # --- SQLite
    def window(self, agent, key, session, at, events=None, previous=None):
        db = self.databases[agent]
        db.execute("INSERT INTO session_windows VALUES (?, ?, ?, 'initial', ?, ?)", (session, key, previous, at * 1000, at * 1000))
        packed = self.rand.random() < 0.3
        for seq, line in enumerate(self.lines(session, at) if events is None else events):
            # A frame of zstd in a raw block, as far as anybody looks.
            frame = b"\x28\xb5\x2f\xfd\x00\x58" + len(line).to_bytes(3, "little") + line.encode() if packed else None
            db.execute("INSERT INTO transcript_events VALUES (?, ?, ?, ?, ?)", (session, seq, None if packed else line, at * 1000, frame))

    def node(self, agent, key, session, at, entry=None):
        entry = json.dumps({"sessionId": session, "updatedAt": at * 1000}) if entry is None else entry
        self.databases[agent].execute("INSERT INTO session_nodes VALUES (?, ?, ?, 1, ?, 'done')", (key, session, entry, at * 1000))

    def key(self, agent):
        return "agent:%s:telegram:group:-%d" % (agent, self.rand.getrandbits(40))

    def new_healthy(self):
        agent, session, at = self.agent(), self.uuid(), self.old()
        key = self.key(agent)
        self.node(agent, key, session, at)
        previous = None
        for _ in range(self.rand.randrange(3)):  # many windows of a key are normal
            older = self.uuid()
            self.window(agent, key, older, at - DAY, previous=previous)
            previous = older
        self.window(agent, key, session, at, previous=previous)

    def new_history(self):
        agent, session, at = self.agent(), self.uuid(), self.old()
        self.transcript(agent, session, at, tail=self.rand.choice(["\n", "\n{"]))

    def new_cold(self):
        agent, session, at = self.agent(), self.uuid(), self.old()
        key = self.key(agent)
        self.node(agent, key, session, at)
        self.window(agent, key, session, at, events=[])
        name = "%064x.jsonl.zst" % self.rand.getrandbits(256)
        there = self.rand.random() < 0.5
        self.databases[agent].execute("INSERT INTO session_transcript_cold_archives VALUES (?, ?, 'file', ?, NULL)", (session, name, at * 1000))
        if there:
            self.write("agents/%s/sessions/cold/%s" % (agent, name), b"\x28\xb5\x2f\xfd", at)
        else:
            self.found("openclaw-cold-archive-missing", session)

    def new_young(self):
        agent = self.agent()
        self.node(agent, self.key(agent), self.uuid(), NOW - self.rand.randrange(5, 590))

    def new_torn(self):
        agent, session, at = self.agent(), self.uuid(), self.old()
        key = self.key(agent)
        self.node(agent, key, session, at)
        lines = self.lines(session, at, messages=5)
        torn = self.rand.randrange(1, len(lines))
        lines[torn] = lines[torn][: self.rand.randrange(1, len(lines[torn]) - 1)]
        db = self.databases[agent]
        db.execute("INSERT INTO session_windows VALUES (?, ?, NULL, 'initial', ?, ?)", (session, key, at * 1000, at * 1000))
        for seq, line in enumerate(lines):
            db.execute("INSERT INTO transcript_events VALUES (?, ?, ?, ?, NULL)", (session, seq, line, at * 1000))
        self.found("openclaw-event-torn", session)

    def new_window_missing(self):
        agent, at = self.agent(), self.old()
        key = self.key(agent)
        self.node(agent, key, self.uuid(), at)
        self.found("openclaw-window-missing", key)

    def new_mismatch(self):
        agent, session, at = self.agent(), self.uuid(), self.old()
        key = self.key(agent)
        self.node(agent, key, session, at, entry=self.rand.choice([json.dumps({"sessionId": self.uuid()}), '{"sessionId": "']))
        self.window(agent, key, session, at)
        self.found("openclaw-entry-row-mismatch", key)

    def new_without_node(self):
        agent, session, at = self.agent(), self.uuid(), self.old()
        self.window(agent, self.key(agent), session, at)
        self.found("openclaw-window-without-node", session)

    def new_events_alone(self):
        agent, session, at = self.agent(), self.uuid(), self.old()
        for seq, line in enumerate(self.lines(session, at)):
            self.databases[agent].execute("INSERT INTO transcript_events VALUES (?, ?, ?, ?, NULL)", (session, seq, line, at * 1000))
        self.found("openclaw-event-without-window", session)

    def new_header_missing(self):
        agent, session, at = self.agent(), self.uuid(), self.old()
        key = self.key(agent)
        self.node(agent, key, session, at)
        db = self.databases[agent]
        db.execute("INSERT INTO session_windows VALUES (?, ?, NULL, 'initial', ?, ?)", (session, key, at * 1000, at * 1000))
        for seq, line in enumerate(self.lines(session, at)):
            if seq > 0:
                db.execute("INSERT INTO transcript_events VALUES (?, ?, ?, ?, NULL)", (session, seq, line, at * 1000))
        self.found("openclaw-header-missing", session)

    # --- the whole
    def spelled(self, agent):
        """The registry as text; its last members may be written more than once."""
        inner = ",\n  ".join("%s: %s" % (json.dumps(key), json.dumps(entry)) for key, entry in self.registries[agent])
        if self.generation == "jan" and self.rand.random() < 0.5:
            return "// kept by hand\n{\n  %s%s /* the end */\n}" % (inner, "," if inner else "")
        return "{\n  %s\n}" % inner

    def finish(self):
        for agent in self.registries:
            at = NOW - 7200
            self.write(self.path(agent, "sessions.json"), self.spelled(agent), at)
        for agent, db in self.databases.items():
            db.execute("COMMIT")


SCHEMA = """PRAGMA user_version = 23; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;
CREATE TABLE schema_meta (meta_key TEXT PRIMARY KEY, role TEXT NOT NULL, schema_version INTEGER NOT NULL);
INSERT INTO schema_meta VALUES ('primary', 'agent', 23);
CREATE TABLE session_nodes (session_key TEXT PRIMARY KEY NOT NULL, current_session_id TEXT NOT NULL, entry_json TEXT NOT NULL, entry_valid INTEGER NOT NULL DEFAULT 0,
  updated_at INTEGER NOT NULL, status TEXT);
CREATE TABLE session_windows (session_id TEXT PRIMARY KEY NOT NULL, session_key TEXT NOT NULL REFERENCES session_nodes(session_key) ON DELETE CASCADE,
  previous_session_id TEXT, reason TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
CREATE TABLE transcript_events (session_id TEXT NOT NULL, seq INTEGER NOT NULL, event_json TEXT, created_at INTEGER NOT NULL, event_zstd BLOB, PRIMARY KEY (session_id, seq));
CREATE TABLE session_transcript_cold_archives (session_id TEXT PRIMARY KEY NOT NULL, archive_name TEXT NOT NULL UNIQUE, storage TEXT NOT NULL, archived_at INTEGER NOT NULL,
  archive_blob BLOB);
"""


def plant(root, seed):
    rand = random.Random(seed)
    generation = ("jan", "mid", "new")[seed % 3]
    store = Store(root, rand, generation)
    agents = rand.sample(["main", "work", "ops-2", "café", "a b"], rand.randrange(1, 4))
    if generation == "new":
        for agent in agents:
            os.makedirs(os.path.join(root, "agents", agent, "agent"))
            store.databases[agent] = sqlite3.connect(os.path.join(root, "agents", agent, "agent", "openclaw-agent.sqlite"), isolation_level=None)
            store.databases[agent].executescript(SCHEMA)
            # Everything stays in the write-ahead log: who reads the main file alone sees nothing.
            store.databases[agent].execute("BEGIN")
        blocks = [getattr(store, name) for name in dir(store) if name.startswith("new_")]
        for block in rand.choices(blocks, k=rand.randrange(1, 40)):
            block()
    else:
        for agent in agents:
            store.registries[agent] = []
        if generation == "mid":
            store.entry(agents[0], store.uuid(), store.old(), has_run=False, sessionStartedAt=(NOW - DAY) * 1000)
        blocks = [getattr(store, name) for name in dir(store) if name.startswith("add_")]
        for block in rand.choices(blocks, k=rand.randrange(1, 60)):
            block()
        rand.shuffle(store.registries[agents[0]]) if not any(check == "duplicate-entry-key" for check, _ in store.expected) else None
    store.finish()
    return store


def state_of(root):
    """Every file with its contents and time, but for what a writer keeps beside its open database."""
    state = {}
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            if name.endswith("-shm"):
                state[path] = None
                continue
            with open(path, "rb") as f:
                state[path] = (hashlib.sha256(f.read()).hexdigest(), os.stat(path).st_mtime_ns)
    return state


def main():
    first, last = (int(n) for n in os.environ.get("AUDIT_SEEDS", "1-45").split("-"))
    planted, bad = 0, 0
    for seed in range(first, last + 1):
        work = tempfile.mkdtemp(prefix="audit-random-")
        try:
            store = plant(os.path.join(work, "state"), seed)
            before = state_of(work)
            run = subprocess.run([os.environ["AUDIT"], "--profile", "openclaw", "--set", "state.path=" + store.root, "--now", iso(NOW), "--grace", "10m", "--format", "json",
                                  "--no-progress", "--jobs", str(1 + seed % 3)], capture_output=True, text=True, timeout=120, check=False)
            report = json.loads(run.stdout)
            got = sorted((f["check"], f["subject"]["id"]) for f in report["findings"])
            wanted = sorted(store.expected)
            planted += len(wanted)
            mistakes = ["  not found: %s %s" % item for item in wanted if item not in got] + ["  found for nothing: %s %s" % item for item in got if item not in wanted]
            mistakes += ["  found twice: %s %s" % item for item in set(got) if got.count(item) > wanted.count(item) and item in wanted]
            if not report["run"]["complete"]:
                mistakes.append("  the audit is not complete: %s" % [s for s in report["sources"] if s["status"] != "ok"])
            serious = any(f["severity"] != "note" for f in report["findings"])
            if run.returncode != int(serious):
                mistakes.append("  exit %d" % run.returncode)
            if state_of(work) != before:
                mistakes.append("  the audit changed a file")
            if mistakes:
                bad += 1
                print("seed %d (%s):\n%s" % (seed, store.generation, "\n".join(mistakes)))
            for db in store.databases.values():
                db.close()
        finally:
            shutil.rmtree(work)
    print("%d stores with %d planted faults, %d of them judged wrongly" % (last - first + 1, planted, bad))
    sys.exit(1 if bad or planted == 0 else 0)


main()
