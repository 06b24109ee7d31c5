"""Stores on a disk of their own that the program repairs, and what they hold row for row."""

import json
import os
import shutil
import sqlite3
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.environ["AUDIT"]
FAULTS = os.environ["AUDIT_DISK_FAULTS"]
LONG = os.environ.get("AUDIT_TEST_LONG") == "1"
# A run that takes longer hangs.
PATIENCE = 120


class Failed(Exception):
    """What a test found wrong."""


def scratch():
    """A directory for worlds. In memory where there is any: what is tested is not the disk of this machine."""
    memory = "/dev/shm"
    return tempfile.mkdtemp(prefix="audit-crash.", dir=memory if os.access(memory, os.W_OK) else None)


def database(path):
    """A database as its application opens it."""
    return sqlite3.connect(path, timeout=20, isolation_level=None)


def rows_of(path):
    """Every row of every table with its rowid, and the schema."""
    with open(path, "rb"):  # sqlite3 would make one that is not there
        pass
    db = database(path)
    try:
        if db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise Failed("%s is corrupt" % path)
        if db.execute("PRAGMA foreign_key_check").fetchall():
            raise Failed("%s has rows that refer to nothing" % path)
        found = {}
        for name, sql in db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
            rowid = "" if "WITHOUT ROWID" in sql else "rowid, "
            found[name] = (sql, sorted(db.execute('SELECT %s* FROM "%s"' % (rowid, name)).fetchall(), key=repr))
        return found
    finally:
        db.close()


class Server:
    """A schema of a PostgreSQL server: a store whose disk is another machine's."""

    TABLE = "workspaces"

    def __init__(self, url, schema, script):
        self.url, self.schema, self.kept = url, schema, {}
        self.run("DROP SCHEMA IF EXISTS %s CASCADE; CREATE SCHEMA %s; SET search_path = %s; %s" % (schema, schema, schema, script))

    def run(self, sql):
        ended = subprocess.run(["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", self.url], input=sql, capture_output=True, text=True, check=False, timeout=PATIENCE)
        if ended.returncode != 0:
            raise Failed("psql: " + ended.stderr)
        return ended.stdout

    def rows(self):
        return self.run("COPY (SELECT * FROM %s.%s ORDER BY id) TO STDOUT;" % (self.schema, self.TABLE))

    def save(self, name):
        self.kept[name] = self.rows()

    def load(self, name):
        self.run("TRUNCATE {0}.{1};\nCOPY {0}.{1} FROM STDIN;\n{2}\\.\n".format(self.schema, self.TABLE, self.kept[name]))


class Keys:
    """Keys of a Redis server, with a prefix of their own, in a database that no other test takes."""

    DATABASE = "250"

    def __init__(self, url, prefix):
        socket = url.removeprefix("unix://") if url.startswith("unix://") else None
        self.prefix, self.kept = prefix, {}
        self.url = url + ("/" if socket is None else "?db=") + self.DATABASE
        self.where = ["-u", self.url] if socket is None else ["-s", socket, "-n", self.DATABASE]
        for i in range(5, 41, 5):
            self.run("SET", "%snote:s-%d" % (prefix, i), json.dumps({"sessionId": "s-%d" % i, "text": "of s-%d" % i}), *(["EX", "86400"] if i % 20 == 15 else []))

    def run(self, *words):
        ended = subprocess.run(["redis-cli", *self.where, "--json", *words], capture_output=True, text=True, check=False, timeout=PATIENCE)
        if ended.returncode != 0:
            raise Failed("redis-cli: " + ended.stderr)
        return json.loads(ended.stdout)

    def rows(self):
        """key → value, and when it expires."""
        names = sorted(self.run("KEYS", self.prefix + "*"))
        return {name: (self.run("GET", name), self.run("PEXPIRETIME", name)) for name in names}

    def save(self, name):
        self.kept[name] = self.rows()

    def load(self, name):
        for key in self.run("KEYS", self.prefix + "*"):
            self.run("DEL", key)
        for key, (value, expires) in self.kept[name].items():
            self.run("SET", key, value, *(["PXAT", str(expires)] if expires > 0 else []))


class Shelf:
    """A registry and its transcripts: every fifth session has both."""

    def __init__(self, path):
        self.path = path
        os.makedirs(os.path.join(path, "aside"))
        with open(os.path.join(path, "stray-1.tmp"), "wb") as file:
            file.write(bytes(range(256)) * 30)
        entries = {}
        for i in range(5, 41, 5):
            name = "s-%d.jsonl" % i
            lines = [{"type": "session", "version": 3, "id": "s-%d" % i, "timestamp": "2026-02-01T00:00:00.000Z"},
                     {"type": "message", "id": "1", "parentId": None, "timestamp": "2026-02-01T00:00:01.000Z", "message": {"role": "user", "content": "hello " * i}}]
            with open(os.path.join(path, name), "w", encoding="utf-8") as file:
                file.write("".join(json.dumps(line) + "\n" for line in lines))
                file.write('{"type": "message", "id": "2", "par' if i == 10 else "")
            os.chmod(file.name, 0o600 if i % 2 else 0o640)
            os.utime(file.name, ns=(10**18, 10**18 + i))
            entries["agent:main:%d" % i] = {"sessionId": "s-%d" % i, "updatedAt": 10**12 + i, "sessionFile": name}
        with open(os.path.join(path, "sessions.json"), "w", encoding="utf-8") as file:
            json.dump(entries, file, indent=2)
        # Of an application that died: whoever takes it over has to leave it as it was.
        with open(os.path.join(path, "sessions.json.lock"), "w", encoding="utf-8") as file:
            json.dump({"pid": 99999999, "startedAt": 10**12}, file)
        os.utime(file.name, (10**9, 10**9))

    def files(self):
        """name → mode and bytes, of transcripts also the time."""
        found = {}
        for folder, _, names in sorted(os.walk(self.path)):
            for name in sorted(names):
                path = os.path.join(folder, name)
                info = os.lstat(path)
                with open(path, "rb") as file:
                    found[os.path.relpath(path, self.path)] = (info.st_mode, info.st_mtime_ns if name.endswith(".jsonl") else 0, file.read())
        return found


class World:
    """Two databases, a shelf and a state directory below `disk`; with the URLs of servers (PostgreSQL, Redis) two more stores."""

    def __init__(self, directory, urls=None):
        self.directory = directory
        self.disk = os.path.join(directory, "disk")
        os.makedirs(self.disk)
        self.state = os.path.join(self.disk, "state")
        for name in ("left", "right"):
            db = database(self.path(name))
            with open(os.path.join(HERE, "stores", name + ".sql"), encoding="utf-8") as script:
                db.executescript(script.read())
            db.close()
        self.shelf = Shelf(os.path.join(self.disk, "shelf"))
        self.server = self.keys = None
        if urls is not None:
            name = "crash_%d_%s" % (os.getpid(), os.path.basename(directory))
            with open(os.path.join(HERE, "stores", "far.sql"), encoding="utf-8") as script:
                self.server = Server(urls[0], name, script.read())
            self.keys = Keys(urls[1], name + ":")
        self.profile = os.path.join(HERE, "stores", "crash.json" if urls is None else "crash-far.json")
        self.save("before")

    def path(self, name):
        return os.path.join(self.disk, name + ".db")

    def stores(self):
        """What is to be the same before and after: store → rows."""
        stores = {name: rows_of(self.path(name)) for name in ("left", "right")}
        stores["shelf"] = self.shelf.files()
        if self.server is not None:
            stores["far"] = self.server.rows()
            stores["keys"] = self.keys.rows()
        return stores

    def options(self):
        check = "crash-lost-session" if self.server is None else "crash-lost-everywhere"
        words = ["--profile", self.profile, "--checks", os.path.join(HERE, "stores", "checks"), "--check", check, "--check", "crash-torn-tail", "--check", "crash-stray-file"]
        for name in ("left", "right"):
            words += ["--set", "%s.path=%s" % (name, self.path(name))]
        words += ["--set", "shelf.path=" + self.shelf.path]
        if self.server is not None:
            words += ["--set", "far.url=" + self.server.url, "--set", "far.schema=" + self.server.schema]
            words += ["--set", "keys.url=" + self.keys.url, "--set", "keys.prefix=" + self.keys.prefix]
        return words

    def save(self, name):
        """Keeps the disk as it is now under a name."""
        kept = os.path.join(self.directory, name)
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(self.disk, kept)
        for far in (self.server, self.keys):
            if far is not None:
                far.save(name)

    def load(self, name):
        shutil.rmtree(self.disk)
        shutil.copytree(os.path.join(self.directory, name), self.disk)
        for far in (self.server, self.keys):
            if far is not None:
                far.load(name)

    def start(self, command, faults=None, more=()):
        """The command, running; what is asked of the disk is in `faults` (disk_faults.cpp)."""
        environment = {"HOME": self.directory, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC", "LD_PRELOAD": FAULTS, "FAULTS_BELOW": self.disk}
        for name, value in (faults or {}).items():
            environment["FAULTS_" + name.upper()] = str(value)
        allowed = ["--unsafe"] if command[0] == "repair" else []
        words = [PROGRAM] + command + allowed + self.options() + ["--state-dir", self.state, "--jobs", "1"] + list(more)
        return subprocess.Popen(words, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def audit(self, *command, faults=None, more=()):
        """Exit code and what was said."""
        running = self.start(list(command), faults, more)
        try:
            out, error = running.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            running.kill()
            running.communicate()
            raise Failed("audit %s hangs" % " ".join(command)) from None
        return running.returncode, out + error

    def must(self, *command):
        code, said = self.audit(*command)
        if code != 0:
            raise Failed("audit %s: exit %d\n%s" % (" ".join(command), code, said))
        return said

    def effects(self, *command):
        """What the command does to the disk: a list of (name of the effect, path)."""
        log = os.path.join(self.directory, "effects")
        code, said = self.audit(*command, faults={"log": log})
        if code != 0:
            raise Failed("audit %s: exit %d\n%s" % (" ".join(command), code, said))
        with open(log, encoding="utf-8") as lines:
            return [tuple(line.rstrip("\n").split(" ", 2)[1:]) for line in lines]

    def runs(self):
        """(id, mode, end) of all runs."""
        found = []
        for line in self.must("runs").splitlines():
            words = line.split()
            if not line[:1].isdigit():
                continue  # "no runs in …", and what did not fit on a line
            changes = [i for i, word in enumerate(words) if word in ("change", "changes")]
            found.append((words[0], words[1], " ".join(words[changes[0] + 1:]) if changes else line))
        return found
