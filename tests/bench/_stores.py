"""The stores of the benchmark: generated once per size and seed, always the same for the same two."""

import json
import os
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
NOW = "2026-03-01T12:00:00Z"
NOW_S = 1772366400
GRACE_S = 600
FAST = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-2000000; PRAGMA temp_store=MEMORY;\nBEGIN;\n"


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as f:
        return f.read()


def mix(n, factor, seed):
    """n → a number below 2^32; one to one for a fixed factor, as the factor is odd."""
    return "((((%s) * %d) + %d) & 4294967295)" % (n, factor, seed % 2**32)


def expand(sql, rows, seed):
    """Replaces the @names and @functions of a generator script."""
    first, second, third = (lambda n: mix(n, 2654435761, seed)), (lambda n: mix(n, 2246822519, seed)), (lambda n: mix(n, 3266489917, seed))
    functions = {
        "@hex(": lambda n: "printf('%%08x%%08x%%08x%%08x', %s, %s, %s, %s)" % (first(n), second(n), third(n), first(n)),
        "@uuid(": lambda n: "printf('%%08x-%%04x-4%%03x-%%04x-%%012x', %s, %s >> 16, %s & 4095, 32768 | (%s & 16383), %s)"
        % (first(n), second(n), second(n), third(n), third(n)),
        "@rand(": third,
        "@time(": lambda n: "strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ', %d - (%s), 'unixepoch')" % (NOW_S, n),
    }
    sql = sql.replace("@ROWS@", str(rows)).replace("@NOW_MS@", str(NOW_S * 1000))
    while True:
        # Innermost first: the last opening has no other one inside.
        at, name = max((sql.rfind(name), name) for name in functions)
        if at < 0:
            return sql
        end, depth = at + len(name), 1
        while depth:
            depth += {"(": 1, ")": -1}.get(sql[end], 0)
            end += 1
        sql = sql[:at] + functions[name](sql[at + len(name) : end - 1]) + sql[end:]


def without_comments(sql):
    return "\n".join(line.split("-- ")[0] for line in sql.split("\n"))


def make(directory, name, rows, seed, schema=None):
    """Path of the database `name`, generated unless it is there already."""
    path = os.path.join(directory, "%s-%d-%d.db" % (name, rows, seed))
    if os.path.exists(path):
        return path
    part = path + ".part"
    if os.path.exists(part):
        os.remove(part)
    script = FAST + (read(schema) if schema else "") + expand(without_comments(read(HERE, "generate", name + ".sql")), rows, seed) + "\nCOMMIT;\n"
    subprocess.run(["sqlite3", "-bail", part], input=script, text=True, check=True, stdout=subprocess.DEVNULL)
    os.rename(part, path)
    return path


def query(store, check):
    """The hand-written query for a check, or None."""
    path = os.path.join(HERE, "queries", store, check + ".sql")
    if not os.path.exists(path):
        return None
    cutoff = NOW_S - GRACE_S
    text = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(cutoff))
    return read(path).replace(":cutoff_ms", str(cutoff * 1000)).replace(":cutoff", text)


def snapshot(directory, windows):
    """A recorded tmux server with windows that belong to nobody."""
    path = os.path.join(directory, "tmux.json")
    rows = [{"session_name": "main", "window_id": "@%d" % (1000 + i), "window_name": "shell-%d" % i} for i in range(windows)]
    with open(path, "w", encoding="utf-8") as f:
        json.dump({"schema": "audit-tmux-snapshot/1", "server": {"status": "ok", "pid": 1, "started_at": "2026-02-01T00:00:00Z"}, "windows": rows}, f)
    return path
