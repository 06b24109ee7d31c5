"""State directories of OpenClaw that are large, damaged, or written while they are read."""

import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid

NOW = 1772366400  # 2026-03-01T12:00:00Z
OLD = NOW - 5 * 86400
FILES = int(os.environ.get("AUDIT_FILES", "10000"))
MEBIBYTES = int(os.environ.get("AUDIT_MEBIBYTES", "100"))
failures = 0


def fail(text):
    global failures
    failures += 1
    print("FAIL: " + text)


def header(session):
    return json.dumps({"type": "session", "version": 3, "id": session, "timestamp": "2026-02-20T10:00:00.000Z", "cwd": "/srv"}) + "\n"


def message(number, parent, text="hello"):
    return json.dumps({"type": "message", "id": "%08x" % number, "parentId": parent, "timestamp": "2026-02-20T10:00:01.000Z",
                       "message": {"role": "user" if number % 2 else "assistant", "content": [{"type": "text", "text": text}]}}) + "\n"


def write(path, text, at=OLD):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)
    os.utime(path, (at, at))


def entry(session, at=OLD):
    return {"sessionId": session, "updatedAt": at * 1000, "systemSent": True, "sessionStartedAt": at * 1000, "status": "done"}


def audit(root, *more, now=True):
    """(report, exit code, peak MiB of the largest run so far)"""
    command = [os.environ["AUDIT"], "--profile", "openclaw", "--set", "state.path=" + root, "--format", "json", "--no-progress", *more]
    if now:
        command += ["--now", "2026-03-01T12:00:00Z"]
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=250, check=False)
    if run.returncode not in (0, 1, 3):
        fail("exit %d: %s" % (run.returncode, run.stderr.decode(errors="replace")[-500:]))
    return json.loads(run.stdout), run.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def found(report):
    return sorted((f["check"], f["subject"]["id"]) for f in report["findings"])


def one_long_transcript(work):
    """Memory does not grow with a transcript: many lines, one of them of many MiB, and a tail that is cut."""
    root = work + "/long"
    session = str(uuid.UUID(int=7))
    path = root + "/agents/main/sessions/" + session + ".jsonl"
    write(root + "/agents/main/sessions/sessions.json", json.dumps({"agent:main:main": entry(session)}))
    with open(path, "w") as f:
        f.write(header(session))
        number, parent, size = 0, None, 0
        while size < MEBIBYTES << 20:
            number += 1
            line = message(number, parent, "x" * (9 << 20) if number == 1000 else "says %d" % number)
            parent = "%08x" % number
            size += len(line)
            f.write(line)
        f.write('{"type":"message","id":"')
    os.utime(path, (OLD, OLD))
    for jobs in ("1", "2"):
        report, _, peak = audit(root, "--jobs", jobs)
        if found(report) != [("transcript-truncated", "agents/main/sessions/%s.jsonl" % session)]:
            fail("a long transcript: %s" % found(report))
        elif report["findings"][0]["evidence"].get("messages") != number:
            fail("a long transcript has %d messages, %s were counted" % (number, report["findings"][0]["evidence"]))
    print("%d MiB in %d lines: %.0f MiB of memory at most" % (size >> 20, number + 2, peak))
    if peak > 64:
        fail("a transcript of %d MiB took %.0f MiB of memory" % (size >> 20, peak))
    shutil.rmtree(root)


def many_files(work):
    root = work + "/many"
    folder = root + "/agents/main/sessions"
    os.makedirs(folder)
    entries, expected = {}, []
    for i in range(FILES):
        session = str(uuid.UUID(int=(i * 0x9E3779B97F4A7C15 + 1) % 2**64))
        path = "%s/%s.jsonl" % (folder, session)
        with open(path, "w") as f:
            f.write(header(session) + message(1, None))
        os.utime(path, (OLD, OLD))
        if i % 1000 == 500:
            expected.append(("transcript-without-entry", "agents/main/sessions/%s.jsonl" % session))
        else:
            entries["agent:main:explicit:" + session] = entry(session)
    write(folder + "/sessions.json", json.dumps(entries, indent=2))
    size = os.path.getsize(folder + "/sessions.json") / (1 << 20)
    started = time.perf_counter()
    report, _, peak = audit(root, "--jobs", "2")
    print("%d transcripts, registry of %.0f MiB: %.1f s, %.0f MiB of memory at most" % (FILES, size, time.perf_counter() - started, peak))
    if found(report) != sorted(expected):
        fail("many files: %d found, %d planted" % (len(found(report)), len(expected)))
    if peak > 64 + 2 * size:
        fail("%.0f MiB of memory are more than 64 and twice the registry (%.0f)" % (peak, 64 + 2 * size))
    shutil.rmtree(root)


def odd_names(work):
    """Names that are no UTF-8 are named as well as can be, and hide nothing."""
    root = work + "/odd"
    session = str(uuid.UUID(int=9))
    write(root + "/agents/main/sessions/sessions.json", json.dumps({"agent:main:main": entry(session)}))
    write(root + "/agents/main/sessions/" + session + ".jsonl", header(session) + message(1, None))
    odd = os.fsencode(root) + b"/agents/main/sessions/caf\xe9.jsonl"
    with open(odd, "wb") as f:
        f.write((header("odd") + message(1, None)).encode())
    os.utime(odd, (OLD, OLD))
    report, code, _ = audit(root)
    if code != 1 or sorted(f["check"] for f in report["findings"]) != ["transcript-header-mismatch", "transcript-without-entry"] or "caf" not in report["findings"][0]["subject"]["id"]:
        fail("a name that is no UTF-8: exit %d, %s" % (code, found(report)))
    if os.getuid() != 0:
        os.chmod(root + "/agents/main/sessions/" + session + ".jsonl", 0)
        report, code, _ = audit(root)
        if "transcript-unreadable" not in [f["check"] for f in report["findings"]]:
            fail("an unreadable file is not named")
    shutil.rmtree(root)


def live_gateway(work):
    """The gateway goes on: sessions are archived, new ones made, lines appended, the registry replaced. Nothing of that is a fault."""
    root = work + "/live"
    folder = root + "/agents/main/sessions"
    real = int(time.time()) - 3 * 86400
    entries = {}
    for i in range(3000):
        session = str(uuid.UUID(int=random.Random(i).getrandbits(128)))
        write("%s/%s.jsonl" % (folder, session), header(session) + message(1, None), real)
        entries["agent:main:explicit:" + session] = entry(session, real)

    def replace():
        name = "%s/sessions.json.%d.%s.tmp" % (folder, os.getpid(), uuid.uuid4())
        with open(name, "w") as f:
            json.dump(entries, f, indent=2)
        os.rename(name, folder + "/sessions.json")

    replace()
    stop = threading.Event()

    def gateway():
        rand = random.Random(5)
        while not stop.wait(0.01):
            key = rand.choice(list(entries))
            session = entries.pop(key)["sessionId"]
            os.rename("%s/%s.jsonl" % (folder, session), "%s/%s.jsonl.deleted.2026-03-01T12-00-00.000Z" % (folder, session))
            made = str(uuid.UUID(int=rand.getrandbits(128)))
            with open("%s/%s.jsonl" % (folder, made), "w") as f:
                f.write(header(made) + message(1, None))
            entries["agent:main:explicit:" + made] = entry(made, int(time.time()))
            grown = rand.choice(list(entries.values()))["sessionId"]
            with open("%s/%s.jsonl" % (folder, grown), "a") as f:
                f.write(message(2, "00000001")[:-20])
                f.flush()
                time.sleep(0.002)
                f.write(message(2, "00000001")[-20:])
            replace()

    thread = threading.Thread(target=gateway)
    thread.start()
    try:
        for run in range(8):
            report, code, _ = audit(root, "--jobs", str(1 + run % 3), now=False)
            if code != 0 or report["findings"]:
                fail("beside a live gateway: exit %d, %s" % (code, found(report)[:5]))
    finally:
        stop.set()
        thread.join()
    shutil.rmtree(root)


def damaged_database(work):
    """A page in the middle of one agent's database is overwritten: that agent is named, the other one audited. The directory's name looks like a pattern."""
    root = work + "/pages [of] *every* {agent}?"
    for agent in ("good", "torn"):
        os.makedirs("%s/agents/%s/agent" % (root, agent))
        db = sqlite3.connect("%s/agents/%s/agent/openclaw-agent.sqlite" % (root, agent), isolation_level=None)
        db.executescript("""PRAGMA user_version = 23; PRAGMA auto_vacuum = 2; PRAGMA journal_mode = WAL; BEGIN;
            CREATE TABLE schema_meta (meta_key TEXT PRIMARY KEY, role TEXT NOT NULL, schema_version INTEGER NOT NULL);
            CREATE TABLE session_nodes (session_key TEXT PRIMARY KEY NOT NULL, current_session_id TEXT NOT NULL, entry_json TEXT NOT NULL,
              entry_valid INTEGER NOT NULL DEFAULT 0, updated_at INTEGER NOT NULL, status TEXT);
            CREATE TABLE session_windows (session_id TEXT PRIMARY KEY NOT NULL, session_key TEXT NOT NULL, previous_session_id TEXT, reason TEXT,
              created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
            CREATE TABLE transcript_events (session_id TEXT NOT NULL, seq INTEGER NOT NULL, event_json TEXT, created_at INTEGER NOT NULL, event_zstd BLOB,
              PRIMARY KEY (session_id, seq));""")
        for i in range(2000):
            session = str(uuid.UUID(int=i + 1))
            db.execute("INSERT INTO session_nodes VALUES (?, ?, ?, 1, ?, 'done')", ("agent:%s:%d" % (agent, i), session, json.dumps({"sessionId": session}), OLD * 1000))
            if i != 100:
                db.execute("INSERT INTO session_windows VALUES (?, ?, NULL, 'initial', ?, ?)", (session, "agent:%s:%d" % (agent, i), OLD * 1000, OLD * 1000))
                db.execute("INSERT INTO transcript_events VALUES (?, 0, ?, ?, NULL)", (session, header(session), OLD * 1000))
        db.execute("COMMIT")
        db.close()
    expected = [("openclaw-window-missing", "agent:good:100")]
    report, code, _ = audit(root)
    if code != 1 or found(report) != expected + [("openclaw-window-missing", "agent:torn:100")]:
        fail("before the damage: exit %d, %s" % (code, found(report)))
    torn = root + "/agents/torn/agent/openclaw-agent.sqlite"
    pages = os.path.getsize(torn) // 4096
    with open(torn, "r+b") as f:
        f.seek(4096 * (pages // 2))
        f.write(random.Random(3).randbytes(4096))
    report, code, _ = audit(root)
    if code != 3 or found(report) != [("openclaw-database-damaged", "agents/torn/agent/openclaw-agent.sqlite")] + expected:
        fail("a page is overwritten: exit %d, %s" % (code, found(report)))
    shutil.rmtree(root)


def main():
    work = tempfile.mkdtemp(prefix="audit-live-")
    try:
        one_long_transcript(work)  # first: the peak is that of all runs so far
        many_files(work)
        odd_names(work)
        live_gateway(work)
        damaged_database(work)
    finally:
        shutil.rmtree(work)
    print("%d failed" % failures if failures else "all passed")
    sys.exit(1 if failures else 0)


main()
