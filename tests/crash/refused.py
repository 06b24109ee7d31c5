"""What a store refuses: an undo takes back all of a run or nothing, and a recovery that a lock keeps from the way back can be repeated."""

import json
import os
import shutil
import sys

import _world
from _world import Failed


def expect(what, got, wanted):
    if got != wanted:
        raise Failed("%s: %r instead of %r" % (what, got, wanted))


def row_of(world, name, sql):
    db = _world.database(world.path(name))
    try:
        return db.execute(sql).fetchall()
    finally:
        db.close()


def undo_is_whole(scratch):
    """One finding changed two databases and two files; in one of the databases its row changed since."""
    world = _world.World(os.path.join(scratch, "undo"))
    before = world.stores()
    world.must("repair", "--yes")
    run = world.runs()[-1][0]
    row_of(world, "right", "UPDATE tasks SET weight = -1 WHERE id = 't-15'")
    row_of(world, "right", "UPDATE tasks SET status = 'somebody else''s' WHERE id = 't-25'")
    since = world.stores()
    code, said = world.audit("undo", run, "--yes")
    expect("undo of what changed in one of its stores", (code, "t-25" in said, "--skip-changed" in said), (4, True, True))
    expect("the stores after it", world.stores(), since)
    code, said = world.audit("undo", run, "--yes", "--skip-changed")
    expect("undo of the rest", (code, "t-25" in said), (4, True))
    # Of t-25 nothing came back, in no store; of the others everything, and the column that nobody had repaired is as it was left.
    expect("its session", row_of(world, "left", "SELECT id FROM sessions WHERE id = 's-25'"), [])
    expect("its task", row_of(world, "right", "SELECT status, session_id FROM tasks WHERE id = 't-25'"), [("somebody else's", None)])
    expect("its transcript", os.path.exists(os.path.join(world.shelf.path, "s-25.jsonl")), False)
    with open(os.path.join(world.shelf.path, "sessions.json"), encoding="utf-8") as registry:
        expect("the entries", sorted(json.load(registry)), sorted("agent:main:%d" % i for i in range(5, 41, 5) if i != 25))
    expect("another session", row_of(world, "left", "SELECT status FROM sessions WHERE id = 's-15'"), [("lost",)])
    expect("another task", row_of(world, "right", "SELECT status, session_id, weight FROM tasks WHERE id = 't-15'"), [("running", "s-15", -1.0)])
    expect("another transcript", world.stores()["shelf"]["s-15.jsonl"], before["shelf"]["s-15.jsonl"])


def half_way(directory):
    """A world whose repair died with the files half changed, and whose application holds the lock of one file that is gone: the world, its stores before, the files
    that are gone (the first is locked)."""
    world = _world.World(directory)
    before = world.stores()
    effects = world.effects("repair", "--yes")
    moved = [number for number, (effect, path) in enumerate(effects, 1) if effect in ("rename", "link", "unlink") and path.endswith(".jsonl") and path.startswith("shelf/")]
    world.load("before")
    world.audit("repair", "--yes", faults={"at": moved[-1] + 1, "mode": "kill"})
    expect("the run", world.runs()[-1][2].split()[0], "unfinished")
    gone = sorted(name for name in before["shelf"] if name.endswith(".jsonl") and not os.path.exists(os.path.join(world.shelf.path, name)))
    with open(os.path.join(world.shelf.path, gone[0] + ".lock"), "w", encoding="utf-8") as file:
        json.dump({"pid": os.getpid(), "createdAt": "2999-01-01T00:00:00.000Z"}, file)
    return world, before, gone


def recovery_waits(scratch):
    """The lock is given back later."""
    world, before, gone = half_way(os.path.join(scratch, "recover"))
    code, said = world.audit("recover", "--yes")
    expect("recover with %s held" % gone[0], (code, gone[0] in said, "audit recover" in said), (4, True, True))
    expect("the run is still there", world.runs()[-1][2].split()[0], "unfinished")
    expect("a repair meanwhile", world.audit("repair", "--yes")[0], 4)
    os.unlink(os.path.join(world.shelf.path, gone[0] + ".lock"))
    world.must("recover", "--yes")
    expect("the stores", world.stores(), before)
    world.must("repair", "--yes")


def recovery_can_leave(scratch):
    """Nobody will ever give the lock back."""
    world, _, gone = half_way(os.path.join(scratch, "leave"))
    code, said = world.audit("recover", "--yes", "--skip-changed")
    expect("recover --skip-changed", (code, gone[0] in said), (4, True))
    expect("the run", world.runs()[-1][2].split()[0] in ("unfinished", "unreadable"), False)
    expect("the file", os.path.exists(os.path.join(world.shelf.path, gone[0])), False)
    expect("the others", [name for name in gone[1:] if not os.path.exists(os.path.join(world.shelf.path, name))], [])


def main():
    scratch = _world.scratch()
    problems = []
    try:
        for test in (undo_is_whole, recovery_waits, recovery_can_leave):
            try:
                test(scratch)
            except Failed as problem:
                problems.append("%s: %s" % (test.__name__, problem))
    finally:
        shutil.rmtree(scratch)
    for problem in problems:
        print(problem)
    print("what is refused: %d wrong" % len(problems))
    sys.exit(1 if problems else 0)


main()
