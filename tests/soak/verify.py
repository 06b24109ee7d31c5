"""Compares what the writer's ledger says with what is there now: everything healthy is as it was left, everything else was mended and nothing of it lost.

usage: verify.py DIRECTORY LEDGER STORE...    with $DATABASE
"""

import json
import os
import sqlite3
import subprocess
import sys

import writer

problems = []


def expect(holds, what):
    if not holds:
        problems.append(what)


def agenterm(directory, made):
    connection = sqlite3.connect(os.path.join(directory, "agenterm.db"))
    rows = {row[0]: list(row) for row in connection.execute("SELECT * FROM sessions")}
    for thing in made:
        row = rows.pop(thing["id"], None)
        expect(row is not None, "agenterm %s is lost (%s)" % (thing["id"], thing["state"]))
        if row is None:
            continue
        if thing["state"] == "healthy":
            expect(row == thing["content"], "healthy %s was touched: %s, was %s" % (thing["id"], row, thing["content"]))
        elif thing["state"] == "unlinked":
            expect(row[3] == thing["content"]["window"] and row[6] == "running", "%s is not linked again: %s" % (thing["id"], row))
        else:
            expect(row[6] == "completed", "%s (%s) is still %s" % (thing["id"], thing["state"], row[6]))
    expect(not rows, "rows that nobody made: %s" % sorted(rows))


def windows(made):
    """No window that a session lives in was closed."""
    listed = subprocess.run(["tmux", "-S", os.environ["TMUX_SOCKET"], "list-windows", "-a", "-F", "#{window_id}"], check=True, capture_output=True, text=True).stdout.split()
    for thing in made:
        window = thing["content"]["window"] if thing["state"] == "unlinked" else thing["content"][3] if thing["state"] == "healthy" and thing["content"][6] == "running" else None
        expect(window is None or window in listed, "window %s of %s is closed" % (window, thing["id"]))


def chat(made):
    out = subprocess.run(["psql", "-qXAt", os.environ["DATABASE"], "-c", writer.ROWS % ""], check=True, capture_output=True, text=True).stdout
    digests = dict(line.split() for line in out.splitlines())
    for thing in made:
        if thing["state"] == "healthy":
            expect(digests.get(thing["id"]) == thing["content"][0], "healthy chat %s was touched" % thing["id"])
        else:
            expect(thing["id"] not in digests, "empty chat %s is still there" % thing["id"])


def gateway(directory, made):
    folder = os.path.join(directory, "state", "agents", "main", "sessions")
    with open(os.path.join(folder, "sessions.json"), encoding="utf-8") as f:
        entries = json.load(f)
    files = set(os.listdir(folder))
    for thing in made:
        gateway_thing(folder, files, entries, thing["id"], thing["state"], thing["content"])
    ids = {thing["id"] for thing in made}
    expect({entry["sessionId"] for entry in entries.values()} <= ids, "entries of sessions that nobody made")
    others = [name for name in files if name != "sessions.json" and name[:36] not in ids]
    expect(not others, "files are left: %s" % others[:3])


def gateway_thing(folder, files, entries, subject, state, content):
    name = subject + ".jsonl"
    if "text" in content:
        path = os.path.join(folder, name)
        with open(path, encoding="utf-8") as f:
            expect(f.read() == content["text"], "transcript %s (%s) is not what it was" % (subject, state))
        status = os.stat(path)
        expect("look" not in content or [status.st_ino, status.st_mtime_ns] == content["look"], "transcript %s (%s) was touched" % (subject, state))
    entry = entries.get(content.get("key"))
    if state in ("healthy", "draft", "cut"):
        expect(entry == content["entry"], "entry of %s (%s) was touched: %s" % (subject, state, entry))
    elif state == "unlinked":
        expect(entry == dict(content["entry"], sessionFile=content["path"]), "entry of %s is not linked again: %s" % (subject, entry))
    elif state == "unregistered":
        own = [e for e in entries.values() if e.get("sessionId") == subject]
        expect(len(own) == 1 and own[0]["sessionFile"] == os.path.join(folder, name), "%s is not registered once: %s" % (subject, own))
    elif state == "empty":
        expect(name not in files, "the empty %s is still there" % subject)
    else:
        expect(entry is None, "the entry of %s is still there" % subject)


def main():
    directory, ledger = sys.argv[1:3]
    with open(ledger, encoding="utf-8") as f:
        made = json.load(f)
    by_store = {name: [thing for thing in made if thing["store"] == name] for name in sys.argv[3:]}
    expect(all(len(things) >= 10 for things in by_store.values()), "the writer made too little: %s" % {k: len(v) for k, v in by_store.items()})
    if "agenterm" in by_store:
        agenterm(directory, by_store["agenterm"])
        windows(by_store["agenterm"])
    if "chat" in by_store:
        chat(by_store["chat"])
    if "gateway" in by_store:
        gateway(directory, by_store["gateway"])
    for problem in problems[:40]:
        print(problem)
    print("%d things compared, %d problems" % (len(made), len(problems)))
    sys.exit(1 if problems else 0)


main()
