"""The journal of a run that died after its first commit, cut at every byte and with one bit turned over at many places.

recover settles it rightly (both stores in one of the two known states, exit 0) or refuses, naming the run, and then touches nothing; never anything else.
"""

import os
import shutil
import sys
import time

import _world
from _world import Failed


def killed_between_commits(directory):
    """A world whose repair was killed with one store changed and the other not, kept as 'cut'."""
    world = _world.World(directory)
    before = world.stores()
    effects = world.effects("repair", "--yes")
    commit = [number for number, (effect, path) in enumerate(effects, 1) if effect == "unlink" and path == "left.db-journal"][-1]
    world.load("before")
    world.audit("repair", "--yes", faults={"at": commit + 1, "mode": "kill"})
    cut = world.stores()
    if cut["left"] == before["left"] or cut["right"] != before["right"]:
        raise Failed("the run was not killed between its two commits")
    world.save("cut")
    return world, before, cut


def journal_of(world):
    runs = os.path.join(world.state, "runs")
    return os.path.join(runs, os.listdir(runs)[0], "journal")


def judge(world, before, cut):
    """None, or what is wrong, and how recover took it."""
    run = os.path.basename(os.path.dirname(journal_of(world)))
    code, said = world.audit("recover", "--yes")
    stores = world.stores()
    if code == 0:
        return (None if stores == before else "exit 0 with a half-done run"), "settled"
    if stores != cut:
        return "exit %d and stores changed: %s" % (code, said.strip()), "refused"
    if code != 4 or run not in said:
        return "exit %d, not a refusal that names the run: %s" % (code, said.strip()), "refused"
    # What was refused is not forgotten by the next run.
    code, said = world.audit("repair", "--yes")
    if code != 4 or world.stores() != cut:
        return "the next repair: exit %d: %s" % (code, said.strip()), "refused"
    return None, "refused"


def damages(journal):
    """(name, content)"""
    # Behind what was synced anything may stand after a power cut.
    for name, rest in (("zeros", bytes(100)), ("a page of zeros", bytes(4096)), ("a torn record", journal[-37:-9]), ("half a line", b"00112233"), ("an empty line", b"\n"),
                       ("nothing", b"")):
        yield "followed by " + name, journal + rest
    step = 1 if _world.LONG else 37
    # Around the ends of records each byte, elsewhere some.
    ends = {at + near for at, byte in enumerate(journal) if byte == 10 for near in (-1, 0, 1, 2)}
    for size in range(len(journal)):
        if size % step == 0 or size in ends:
            yield "cut to %d bytes" % size, journal[:size]
    for at in range(len(journal)):
        if at % step == 0 or at in ends and at < len(journal):
            bit = 1 << (at % 8)
            yield "bit %d of byte %d turned over" % (at % 8, at), journal[:at] + bytes([journal[at] ^ bit]) + journal[at + 1:]


def main():
    started = time.monotonic()
    scratch = _world.scratch()
    problems, tried = [], {"settled": 0, "refused": 0}
    try:
        world, before, cut = killed_between_commits(os.path.join(scratch, "0"))
        with open(journal_of(world), "rb") as file:
            journal = file.read()
        for name, content in damages(journal):
            world.load("cut")
            with open(journal_of(world), "wb") as file:
                file.write(content)
            problem, how = judge(world, before, cut)
            tried[how] += 1
            if problem:
                problems.append("journal of %d bytes %s: %s" % (len(journal), name, problem))
    finally:
        shutil.rmtree(scratch)
    for problem in problems:
        print(problem)
    print("journal: %d damages, %d settled, %d refused by name, %d wrong (%.0f s)"
          % (sum(tried.values()), tried["settled"], tried["refused"], len(problems), time.monotonic() - started))
    sys.exit(1 if problems or not all(tried.values()) else 0)


main()
