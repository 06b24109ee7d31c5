"""A crash at every effect on the disk: of audit repair, of audit undo, and of audit recover after such a crash.

  sweep.py [far] repair|batch|backup|undo|recover [MODE...]

With "far" a third store in PostgreSQL takes part (AUDIT_TEST_POSTGRES is its server).

The disk fails in the ways of disk_faults.cpp. After each, audit recover must bring every store to one of the states that are known (before and after; in
batches also after each batch), all of them to the same one, and the next repair and undo must work. The last line says how many points were tried.
"""

import concurrent.futures
import os
import shutil
import sys
import time

import _world
from _world import Failed

CUTS = ("kill", "lose", "some", "torn")
FAILURES = ("full", "error")
WRITES = ("write", "pwrite", "writev", "copy_file_range", "sendfile")
TAKES_ROOM = WRITES + ("create", "mkdir", "link", "fallocate")
CAN_FAIL = TAKES_ROOM + ("fsync", "fdatasync", "ftruncate")
WORKERS = 2
SEEDS = 6 if _world.LONG else 2


class Place:
    """A world with its known states, and what is done in it at each point."""

    def __init__(self, directory, url):
        self.world = _world.World(directory, url)
        self.states = {"before": self.world.stores()}
        self.world.must("repair", "--yes", "--batch", "6")
        self.states["after"] = self.world.stores()
        # In batches: taken back one by one, each leaves a state that a crash may leave.
        runs = self.applied()
        for run in reversed(runs[1:]):
            self.world.must("undo", run, "--yes")
            self.states["without " + run] = self.world.stores()
        if len(runs) < 3 or any(list(self.states.values()).count(state) != 1 for state in self.states.values()):
            raise Failed("the repair does not do what it is tried for")
        self.world.load("before")
        self.world.must("repair", "--yes")
        if self.which() != "after":
            raise Failed("in one run it does something else than in batches")
        self.world.save("after")

    def applied(self):
        return [run for run, mode, end in self.world.runs() if mode == "repair" and end == "applied"]

    def which(self):
        """The name of the state that the stores are in."""
        stores = self.world.stores()
        for name, state in self.states.items():
            if stores == state:
                return name
        each = ["%s is as %s" % (store, [name for name, state in self.states.items() if state[store] == rows] or "never") for store, rows in stores.items()]
        raise Failed("half done: " + ", ".join(each))

    def settled(self):
        """Recovers, and returns the state."""
        self.world.must("recover", "--yes")
        for run, _, end in self.world.runs():
            if end.startswith(("unfinished", "unreadable")):
                raise Failed("run %s is %s after recover" % (run, end))
        return self.which()

    def goes_on(self):
        """What one does next works: repair makes the last state, and undo the first."""
        if self.which() != "after":
            self.world.must("repair", "--yes")
            if self.which() != "after":
                raise Failed("the next repair did nothing")
        for run in reversed(self.applied()):
            self.world.must("undo", run, "--yes")
        if self.which() != "before":
            raise Failed("the next undo did nothing")

    def crash(self, start, command, point, mode, seed):
        """One point: returns the exit code of the command."""
        self.world.load(start)
        code, said = self.world.audit(*command, faults={"at": point, "mode": mode, "seed": seed})
        fine = {"kill": (-9,), "full": (0, 1, 4), "error": (0, 1, 4)}.get(mode, (137,))
        if code not in fine and not (code == 0 and point > self.count):
            raise Failed("exit %d\n%s" % (code, said))
        state = self.settled()
        if not self.batches and state not in ("before", "after"):
            raise Failed("some of what is one transaction is done")
        # What was said to be done stays done.
        if code == 0 and state != self.goal:
            raise Failed("it ended with 0 and was lost\n" + said)
        if _world.LONG or mode == "lose" or point % 4 == 0:
            self.goes_on()
        return code

    count = 0
    goal = ""
    batches = False


def points_of(effects, modes, stride):
    """(number, mode, seed): every point (of long runs every stride-th) once for each way to fail there."""
    for number, (effect, _) in enumerate(effects, 1):
        if (number + len(effect)) % stride != 0:
            continue
        for mode in modes:
            if mode == "some":
                yield from ((number, mode, seed) for seed in range(number, number + SEEDS))
            elif mode == "torn":
                if effect in WRITES:
                    yield number, mode, 0
            elif mode == "full":
                if effect in TAKES_ROOM:
                    yield number, mode, 0
            elif mode == "error":
                if effect in CAN_FAIL:
                    yield number, mode, 0
            else:
                yield number, mode, 0
    yield from ((len(effects) + 1, mode, 1) for mode in modes if mode in ("lose", "some"))


class Sweep:
    def __init__(self, scratch, modes, url):
        self.modes = modes
        self.places = [Place(os.path.join(scratch, str(i)), url) for i in range(WORKERS)]
        # A server costs time at each point.
        self.stride = 1 if _world.LONG else 9 if url is not None else 3
        self.tried = 0
        self.problems = []

    def run(self, start, command, goal, batches=False):
        """All points of a command that starts from a kept disk (the same name in every place)."""
        place = self.places[0]
        place.world.load(start)
        words = command(place)
        effects = place.world.effects(*words)
        if place.which() != goal:
            raise Failed("audit %s did not do what it is for" % " ".join(words))
        for each in self.places:
            each.count, each.goal, each.batches = len(effects), goal, batches
        todo = iter(list(points_of(effects, self.modes, self.stride if len(effects) > 100 or self.stride > 3 else 1)))
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(lambda each: self.work(each, start, command(each), todo, effects), self.places))

    def work(self, place, start, command, todo, effects):
        for point, mode, seed in todo:
            self.tried += 1
            try:
                place.crash(start, command, point, mode, seed)
            except (Failed, OSError) as problem:
                where = " ".join(effects[point - 1]) if point <= len(effects) else "the end"
                self.problems.append("audit %s from '%s', %s at effect %d of %d (%s), seed %d: %s"
                                     % (" ".join(command), start, mode, point, len(effects), where, seed, problem))


def recover_starts(sweep):
    """Disks of repairs and undos that were killed with one store changed and the other not, in every place."""
    for name, start, command in (("cut repair", "before", lambda place: ["repair", "--yes"]),
                                 ("cut undo", "after", lambda place: ["undo", place.world.runs()[-1][0], "--yes"])):
        place = sweep.places[0]
        place.world.load(start)
        effects = place.world.effects(*command(place))
        commits = [number for number, (effect, path) in enumerate(effects, 1) if effect == "unlink" and path == "left.db-journal"]
        for each in sweep.places:
            each.world.load(start)
            each.world.audit(*command(each), faults={"at": commits[-1] + 1, "mode": "kill"})
            stores = each.world.stores()
            before = each.states["before"]
            if (stores["left"] == before["left"]) == (stores["right"] == before["right"]):
                raise Failed("the run was not killed between its two commits")
            each.world.save(name)
        yield name, start


def sweep_all(sweep, what):
    if what == "repair":
        sweep.run("before", lambda place: ["repair", "--yes"], "after")
    elif what == "batch":
        sweep.run("before", lambda place: ["repair", "--yes", "--batch", "6"], "after", batches=True)
    elif what == "backup":
        sweep.run("before", lambda place: ["repair", "--yes", "--backup", "full"], "after")
    elif what == "undo":
        def undo(place):
            place.world.load("after")
            return ["undo", place.world.runs()[-1][0], "--yes"]
        sweep.run("after", undo, "before")
    elif what == "recover":
        for name, goal in recover_starts(sweep):
            sweep.run(name, lambda place: ["recover", "--yes"], goal)
    else:
        raise Failed("what is " + what + "?")


def main():
    words = sys.argv[1:]
    url = None
    if words[0] == "far":
        words.pop(0)
        url = os.environ["AUDIT_TEST_POSTGRES"]
    what = words.pop(0)
    started = time.monotonic()
    scratch = _world.scratch()
    try:
        sweep = Sweep(scratch, words or CUTS + FAILURES, url)
        sweep_all(sweep, what)
    finally:
        shutil.rmtree(scratch)
    for problem in sweep.problems:
        print(problem)
    print("%s%s: %d crash points, %d lost or half-done (%.0f s)" % (what, " with PostgreSQL" if url else "", sweep.tried, len(sweep.problems), time.monotonic() - started))
    sys.exit(1 if sweep.problems or sweep.tried == 0 else 0)


main()
