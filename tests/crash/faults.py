"""The failing disk itself: that it loses what was not synced, and nothing else. Without this the other tests here could not fail."""

import os
import shutil
import subprocess
import sys

import _world

WRITE = """
import os, sys
below = sys.argv[1]
def put(name, text, flags=os.O_CREAT):
    fd = os.open(os.path.join(below, name), os.O_WRONLY | flags, 0o600)
    os.write(fd, text)
    return fd
kept = put('old', b'NEW', 0)
named = put('synced, not named', b'x')
os.fsync(named)
directory = os.open(below, os.O_RDONLY)
both = put('synced and named', b'whole')
os.fsync(both)
os.link(os.path.join(below, 'removed'), os.path.join(below, 'second name'))
os.fsync(directory)
put('named too late', b'x')
os.unlink(os.path.join(below, 'removed'))
"""
# What is to be found after the end of it.
BEFORE = {"old": b"old", "removed": b"here"}
LOST = {"old": b"old", "removed": b"here", "second name": b"here", "synced and named": b"whole", "synced, not named": b"x"}
WHOLE = {"old": b"NEW", "second name": b"here", "synced and named": b"whole", "synced, not named": b"x", "named too late": b"x"}
END = 1000


def found(directory):
    return {name: open(os.path.join(directory, name), "rb").read() for name in os.listdir(directory)}


def tried(scratch, at, mode, seed=0):
    below = os.path.join(scratch, "disk")
    shutil.rmtree(below, ignore_errors=True)
    os.makedirs(below)
    for name, content in BEFORE.items():
        with open(os.path.join(below, name), "wb") as file:
            file.write(content)
    log = os.path.join(scratch, "log")
    faults = {"LD_PRELOAD": _world.FAULTS, "FAULTS_BELOW": below, "FAULTS_AT": str(at), "FAULTS_MODE": mode, "FAULTS_SEED": str(seed), "FAULTS_LOG": log}
    # The interpreter itself and not a script that starts it: that would be a program with effects of its own.
    ended = subprocess.run([os.path.realpath(sys.executable), "-BISc", WRITE, below], env=dict(os.environ, **faults), stderr=subprocess.PIPE, text=True, check=False)
    with open(log, encoding="utf-8") as lines:
        return ended.returncode, found(below), [line.split(" ", 2)[1] for line in lines], ended.stderr


def main():
    scratch = _world.scratch()
    problems = []

    def expect(what, got, wanted):
        if got != wanted:
            problems.append("%s: %r instead of %r" % (what, got, wanted))

    try:
        code, disk, effects, _ = tried(scratch, -1, "lose")
        expect("nothing asked", (code, disk), (0, WHOLE))
        expect("effects", effects, ["write", "create", "write", "fsync", "create", "write", "fsync", "link", "fsync", "create", "write", "unlink"])
        expect("power cut at the end", tried(scratch, END, "lose")[:2], (0, LOST))
        inodes = [os.stat(os.path.join(scratch, "disk", name)).st_ino for name in ("removed", "second name")]
        expect("two names of one file", inodes[0], inodes[1])
        # Before the directory is synced: nothing but the old files, though one of the new ones was synced.
        expect("power cut before the directory is synced", tried(scratch, 8, "lose")[:2], (137, BEFORE))
        expect("killed there", tried(scratch, 8, "kill")[:2], (-9, dict(BEFORE, **{key: WHOLE[key] for key in ("old", "synced, not named", "synced and named")})))
        expect("torn", tried(scratch, 6, "torn")[:2], (137, dict(BEFORE, **{"old": b"NEW", "synced, not named": b"x", "synced and named": b"wh"})))
        survivors = {tried(scratch, END, "some", seed)[1]["old"] for seed in range(20)}
        expect("what survives by chance", survivors, {b"old", b"NEW"})
        for mode, word in (("full", "No space left"), ("error", "Input/output error")):
            code, _, _, said = tried(scratch, 5, mode)
            expect("a disk in mode " + mode, (code, word in said), (1, True))
    finally:
        shutil.rmtree(scratch)
    for problem in problems:
        print(problem)
    print("the failing disk: %d wrong" % len(problems))
    sys.exit(1 if problems else 0)


main()
