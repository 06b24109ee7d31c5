"""Compares what the writer's ledger says with what is there now: everything healthy is as it was left, everything else was mended and nothing of it lost.

usage: verify.py DIRECTORY LEDGER STORE...    with $DATABASE
"""

import json
import os
import sqlite3
import subprocess
import sys

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


def chat(made):
    out = subprocess.run(["psql", "-qXAt", "-F", " ", os.environ["DATABASE"], "-c",
                          "SELECT s.id, (SELECT count(*) FROM messages m WHERE m.session_id = s.id) FROM sessions s"],
                         check=True, capture_output=True, text=True).stdout
    messages = dict(line.split() for line in out.splitlines())
    for thing in made:
        if thing["state"] == "healthy":
            expect(messages.get(thing["id"]) == "2", "healthy chat %s has %s messages" % (thing["id"], messages.get(thing["id"])))
        else:
            expect(thing["id"] not in messages, "empty chat %s is still there" % thing["id"])


def gateway(directory, made):
    folder = os.path.join(directory, "state", "agents", "main", "sessions")
    with open(os.path.join(folder, "sessions.json"), encoding="utf-8") as f:
        entries = json.load(f)
    registered = {entry.get("sessionId") for entry in entries.values()}
    for thing in made:
        with open(os.path.join(folder, thing["id"] + ".jsonl"), encoding="utf-8") as f:
            text = f.read()
        if thing["state"] == "healthy":
            expect(text == thing["content"]["text"], "transcript %s was touched" % thing["id"])
            expect(entries.get(thing["content"]["key"]) == thing["content"]["entry"], "entry of %s was touched" % thing["id"])
        else:
            expect(text == thing["content"], "transcript %s was touched" % thing["id"])
            expect(thing["id"] in registered, "%s is not registered" % thing["id"])


def main():
    directory, ledger = sys.argv[1:3]
    with open(ledger, encoding="utf-8") as f:
        made = json.load(f)
    by_store = {name: [thing for thing in made if thing["store"] == name] for name in sys.argv[3:]}
    expect(all(len(things) >= 10 for things in by_store.values()), "the writer made too little: %s" % {k: len(v) for k, v in by_store.items()})
    if "agenterm" in by_store:
        agenterm(directory, by_store["agenterm"])
    if "chat" in by_store:
        chat(by_store["chat"])
    if "gateway" in by_store:
        gateway(directory, by_store["gateway"])
    for problem in problems[:40]:
        print(problem)
    print("%d things compared, %d problems" % (len(made), len(problems)))
    sys.exit(1 if problems else 0)


main()
