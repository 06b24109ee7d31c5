"""Runs every command block of the documents and compares what they show.

A block marked ```console holds lines `$ COMMAND` (which go on in the next line where a shell would ask for more) and below each what it prints: `...` stands for any lines; without
any, only the exit code is looked at. A command must end with 0, or with 1 (findings); `$ COMMAND  # exit 3` says otherwise. The blocks of a document share one
directory with the bundled examples. A block of commands that cannot run here is marked ```sh and has a line `<!-- not run: REASON -->` above it.

usage: _docs_commands.py ROOT PROGRAM SANDBOX
"""

import os
import re
import subprocess
import sys

FENCE = re.compile(r"^( *)```(\w*)\s*$")
# A document whose blocks a test of its own runs.
OWN_TEST = re.compile(r"^<!-- commands: (tests/\S+) -->$", re.M)
REASON = re.compile(r"^<!-- not run: (.{10,}) -->$")
EXIT = re.compile(r"\s+# exit (\d+)$")
# What is never the same twice.
CHANGING = [(re.compile(r"\b\d+(\.\d+)? (ms|s)\b"), "N s"), (re.compile(r"audit \d+\.\d+\.\d+(\+\S+)?"), "audit VERSION"),
            (re.compile(r"plan [0-9a-f]{8}"), "plan ID"), (re.compile(r"\d+ checks ran, \d+ not applicable"), "N checks"), (re.compile(r"\b\d{8}T\d{6,9}Z-[0-9a-f]{8}\b"), "RUN")]


def blocks(lines):
    """(number of the line, kind, reason, lines) of every fenced block."""
    kind, start, reason, body = None, 0, "", []
    for number, line in enumerate(lines, 1):
        fence = FENCE.match(line)
        if fence and kind is None:
            above = lines[number - 2].strip() if number > 1 else ""
            match = REASON.match(above)
            kind, start, reason, body = fence.group(2) or "plain", number, match.group(1) if match else "", []
        elif fence:
            yield start, kind, reason, body
            kind = None
        elif kind is not None:
            body.append(line)


def commands(body):
    """(command, expected lines) of a console block."""
    found, going_on = [], False
    for line in body:
        if going_on:
            found[-1][0] += "\n" + line
        elif line.startswith("$ "):
            found.append([line[2:], []])
        elif found:
            found[-1][1].append(line)
        else:
            return None
        going_on = not found[-1][1] and unfinished(found[-1][0])
    return found


def unfinished(command):
    """Whether a shell would ask for more: after a backslash, within quotes or a here-document."""
    if command.endswith("\\"):
        return True
    if not re.search(r"[\"']|<<", command):
        return False
    said = subprocess.run(["bash", "-n", "-c", command], capture_output=True, text=True).stderr
    return "unexpected EOF" in said or "here-document" in said


def plain(line):
    for pattern, text in CHANGING:
        line = pattern.sub(text, line)
    return line.rstrip()


def matches(expected, got):
    if not expected:
        return not got
    if expected[0].strip() == "...":
        return any(matches(expected[1:], got[i:]) for i in range(len(got) + 1))
    return bool(got) and plain(expected[0]) == plain(got[0]) and matches(expected[1:], got[1:])


def run(command, sandbox, environment):
    wanted = EXIT.search(command)
    command = EXIT.sub("", command)
    done = subprocess.run(["bash", "-c", command], cwd=sandbox, env=environment, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)
    right = done.returncode == int(wanted.group(1)) if wanted else done.returncode in (0, 1)
    return right, done.returncode, (done.stdout + done.stderr).splitlines()


# Documents that walk through a system in a server: what names an empty one.
def server_for(document, place, root):
    """(variables, how to clear up) for a document that needs a server."""
    if document == "docs/isol8.md" and os.environ.get("AUDIT_TEST_POSTGRES"):
        # A cluster of its own: the roles that the page makes are of the whole cluster.
        url = subprocess.run([root + "/tests/postgres", "start", place + "-server"], capture_output=True, text=True, check=True).stdout.strip()
        return {"DATABASE_URL": "postgresql:///postgres?" + "&".join(url.split()[:2])}, lambda: subprocess.run([root + "/tests/postgres", "stop", place + "-server"], check=True)
    if document == "docs/actionflows.md" and os.environ.get("AUDIT_TEST_REDIS"):
        subprocess.run([root + "/tests/redis", "start", place + "-server"], capture_output=True, check=True)
        with open(place + "-server/port", encoding="utf-8") as f:
            url = "redis://127.0.0.1:%s/0" % f.read().strip()
        return {"REDIS_URL": url}, lambda: subprocess.run([root + "/tests/redis", "stop", place + "-server"], check=True)
    return {}, lambda: None


def make_sandbox(path, root):
    os.makedirs(path + "/home")
    for name in ("deploy", "docs", "tests", "checks", "README.md"):
        os.symlink(os.path.join(root, name), os.path.join(path, name))
    examples = os.path.join(root, "deploy", "examples", "agenterm")
    with open(os.path.join(root, "tests", "schemas", "agenterm-head.sql")) as schema, open(os.path.join(examples, "db.sql")) as rows:
        subprocess.run(["sqlite3", "-bail", path + "/agenterm.db"], input=schema.read() + rows.read(), text=True, check=True)
    subprocess.run(["cp", os.path.join(examples, "tmux.json"), path], check=True)


def documents(root):
    yield from (name for name in sorted(os.listdir(root)) if name.endswith(".md"))
    yield from ("docs/" + name for name in sorted(os.listdir(root + "/docs")) if name.endswith(".md"))


class Pages:
    def __init__(self, root, environment):
        self.root, self.environment = root, environment
        self.problems, self.ran, self.marked = [], 0, []

    def page(self, document, place):
        with open(os.path.join(self.root, document), encoding="utf-8") as f:
            text = f.read()
        own = OWN_TEST.search(text)
        if own:
            test = os.path.join(self.root, own.group(1))
            if not os.path.exists(test) or document not in open(test, encoding="utf-8").read():
                self.problems.append("%s: %s does not run this page" % (document, own.group(1)))
            return
        lines = text.split("\n")
        make_sandbox(place, self.root)
        server, stop = server_for(document, place, self.root)
        environment = dict(self.environment, HOME=place + "/home", TMUX_TMPDIR=place, TMPDIR=place, **server)
        try:
            for number, line in enumerate(lines, 1):
                if re.match(r"    (\$ )?(audit|sudo|systemctl|cmake|deploy/|tests/)\s?", line):
                    self.problems.append("%s:%d: a command outside of a block" % (document, number))
            for start, kind, reason, body in blocks(lines):
                self.block("%s:%d" % (document, start), kind, reason, body, place, environment)
        finally:
            stop()
            subprocess.run(["tmux", "-L", "walk", "kill-server"], env=environment, capture_output=True)

    def block(self, where, kind, reason, body, place, environment):
        if kind in ("sh", "bash", "shell"):
            if reason:
                self.marked.append("%s: %s" % (where, reason))
            else:
                self.problems.append("%s: this block is neither run (```console) nor marked" % where)
            return
        if kind != "console":
            if any(line.startswith("$ ") for line in body):
                self.problems.append("%s: a block with commands that is not ```console" % where)
            return
        found = commands(body)
        if not found:
            self.problems.append("%s: no command" % where)
            return
        for command, expected in found:
            self.ran += 1
            right, code, got = run(command, place, environment)
            if not right:
                self.problems.append("%s: %s\n  exit %d\n  %s" % (where, command, code, "\n  ".join(got)))
            elif expected and not matches(expected, got):
                self.problems.append("%s: %s\n  prints\n  %s" % (where, command, "\n  ".join(got)))


def main():
    root, program, sandbox = sys.argv[1:]
    environment = {"PATH": os.path.dirname(program) + ":" + os.environ["PATH"], "LC_ALL": "C.UTF-8", "COLUMNS": "100", "TZ": "UTC",
                   "AUDIT_TEST_POSTGRES": os.environ.get("AUDIT_TEST_POSTGRES", "")}
    pages = Pages(root, environment)
    for document in documents(root):
        pages.page(document, os.path.join(sandbox, document.replace("/", "-")))
    for problem in pages.problems:
        print(problem)
    for mark in pages.marked:
        print("not run: " + mark)
    print("%d commands run, %d blocks not run, %d problems" % (pages.ran, len(pages.marked), len(pages.problems)))
    sys.exit(1 if pages.problems or pages.ran < 20 else 0)


main()
