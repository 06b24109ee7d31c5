"""Creates sessions as the seed systems do, with their bugs, until its time is up: rows whose window never came, windows that no row names, conversations without
messages, transcripts that no registry knows (gateway.py). What it made, and how every healthy thing must look at the end, it writes to a ledger.

usage: writer.py DIRECTORY SECONDS LEDGER STORE...    (agenterm, chat, gateway) with $TMUX_SOCKET (path) and $DATABASE (libpq connection string)
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
import uuid

import gateway


def now_text():
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


class Ledger:
    """What was made: id → how it was left ("healthy" or the bug) and, for healthy things, their content."""

    def __init__(self, path):
        self.path = path
        self.made = []

    def add(self, store, subject, state, content=None):
        self.made.append({"store": store, "id": subject, "state": state, "content": content, "at": time.time()})
        return self.made[-1]

    def write(self):
        with open(self.path, "w", encoding="utf-8") as f:
            json.dump(self.made, f, indent=1)


class Agenterm:
    """A row, then its window, then the window's id in the row: three steps, and nothing takes back those before the one that fails."""

    def __init__(self, directory, socket, ledger):
        self.path = os.path.join(directory, "agenterm.db")
        self.socket = socket
        self.ledger = ledger

    def run(self, sql, values):
        connection = sqlite3.connect(self.path, timeout=20)
        try:
            with connection:
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute(sql, values)
        finally:
            connection.close()

    def tmux(self, *arguments):
        made = subprocess.run(["tmux", "-S", self.socket, *arguments], check=True, capture_output=True, text=True)
        return made.stdout.strip()

    def create(self, bug):
        subject = uuid.uuid4().hex
        row = [subject, "task", "agenterm", "", "claude", "coder", "running", 0, now_text(), now_text()]
        self.run("INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        if bug == "half-created":
            return self.ledger.add("agenterm", subject, bug)
        window = self.tmux("new-window", "-d", "-P", "-F", "#{window_id}", "-t", "main:", "-n", "session-" + subject[:8], "sleep 600")
        if bug == "unlinked":
            return self.ledger.add("agenterm", subject, bug, {"window": window})
        self.run("UPDATE sessions SET tmux_window_id = ? WHERE id = ?", [window, subject])
        row[3] = window
        if bug == "window-gone":
            self.tmux("kill-window", "-t", window)
            return self.ledger.add("agenterm", subject, bug)
        if bug == "ended":  # as it should be: the row first, then its window
            self.run("UPDATE sessions SET status = 'completed' WHERE id = ?", [subject])
            self.tmux("kill-window", "-t", window)
            row[6] = "completed"
        self.ledger.add("agenterm", subject, "healthy", row)


# A conversation's rows, with the transaction that wrote each: id, digest.
ROWS = """SELECT s.id || ' ' || md5(s::text || s.xmin::text || COALESCE((SELECT string_agg(m::text || m.xmin::text, '' ORDER BY m.id) FROM messages m WHERE m.session_id = s.id), ''))
          FROM sessions s %s"""


class Chat:
    """A session, then its first question, then the answer."""

    def __init__(self, database, ledger):
        self.database = database
        self.ledger = ledger

    def run(self, sql):
        return subprocess.run(["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", self.database, "-c", sql], check=True, capture_output=True, text=True).stdout

    def create(self, bug):
        subject = str(uuid.uuid4())
        self.run("INSERT INTO sessions(id, user_id, name, created_at, updated_at) VALUES ('%s', 'ann', 'New Chat', now() AT TIME ZONE 'utc', now() AT TIME ZONE 'utc')" % subject)
        if bug == "empty":
            return self.ledger.add("chat", subject, bug)
        for role in ("user", "assistant"):
            self.run("INSERT INTO messages(id, session_id, role, ephemeral_public_key, iv, ciphertext, auth_tag, hkdf_salt, created_at) "
                     "VALUES ('%s', '%s', '%s', repeat('a', 64), repeat('b', 32), 'cc', repeat('d', 32), repeat('e', 64), clock_timestamp() AT TIME ZONE 'utc'); "
                     "UPDATE sessions SET updated_at = clock_timestamp() AT TIME ZONE 'utc' WHERE id = '%s'" % (uuid.uuid4(), subject, role, subject))
        self.ledger.add("chat", subject, "healthy", self.run(ROWS % ("WHERE s.id = '%s'" % subject)).split()[1:])


def main():
    directory, seconds, ledger_path = sys.argv[1], float(sys.argv[2]), sys.argv[3]
    ledger = Ledger(ledger_path)
    random.seed(7)
    agenterm = Agenterm(directory, os.environ["TMUX_SOCKET"], ledger)
    chat = Chat(os.environ["DATABASE"], ledger)
    chats = gateway.Gateway(directory, ledger)
    acts = {"agenterm": [(agenterm, bug) for bug in (None, "half-created", "unlinked", "window-gone", "ended")],
            "chat": [(chat, bug) for bug in (None, "empty")],
            "gateway": [(chats, act) for act in gateway.HEALTHY + gateway.BUGS]}
    acts = [act for store in sys.argv[4:] for act in acts[store]]
    end = time.time() + seconds
    while time.time() < end:
        for store, bug in random.sample(acts, len(acts)):
            store.create(bug)
            time.sleep(random.uniform(0.02, 0.15))
    ledger.write()
    states = [made["state"] for made in ledger.made]
    print("made %d: %s" % (len(states), ", ".join("%s %d" % (s, states.count(s)) for s in sorted(set(states)))))


if __name__ == "__main__":
    main()
