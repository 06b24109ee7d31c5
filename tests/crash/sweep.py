"""A crash at every effect on the disk: of audit repair, of audit undo, and of audit recover after such a crash.

  sweep.py [far] repair|batch|backup|undo|recover [MODE...]

With "far" two more stores take part, in PostgreSQL and in Redis (AUDIT_TEST_POSTGRES and AUDIT_TEST_REDIS are their servers).

The disk fails in the ways of disk_faults.cpp. After each, audit recover must bring every store to one of the states that are known (before and after; in
batches also after each batch), all of them to the same one, and the next repair and undo must work. The last line says how many points were tried.
AUDIT_TEST_PART=3/20 tries the third of twenty parts of them: a long run can be taken in pieces.
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
PART, PARTS = (int(number) for number in os.environ.get("AUDIT_TEST_PART", "1/1").split("/"))


class Place:
    """A world with its known states, and what is done in it at each point."""

    def __init__(self, directory, urls):
        self.world = _world.World(directory, urls)
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
        """Recovers, so that no run is unfinished."""
        self.world.must("recover", "--yes")
        for run, _, end in self.world.runs():
            if end.startswith(("unfinished", "unreadable")):
                raise Failed("run %s is %s after recover" % (run, end))

    def goes_on(self, state):
        """What one does next works: repair makes the last state, and undo the first."""
        if state != "after":
            self.world.must("repair", "--yes")
            if self.which() != "after":
                raise Failed("the next repair did not do the rest")
        for run in reversed(self.applied()):
            self.world.must("undo", run, "--yes")
        if self.which() != "before":
            raise Failed("the next undo did not bring back all")

    def crash(self, start, command, point, mode, seed, path):
        """One point."""
        self.world.load(start)
        code, said = self.world.audit(*command, faults={"at": point, "mode": mode, "seed": seed})
        fine = {"kill": (-9,), "full": (0, 1, 4), "error": (0, 1, 4)}.get(mode, (137,))
        if code not in fine and not (code == 0 and point > self.count):
            raise Failed("exit %d\n%s" % (code, said))
        self.settled()
        # A lock that cannot be made, or a file that cannot be moved aside, refuses its finding alone: then all others are done, and that one wholly not.
        if code in (1, 4) and mode in FAILURES and path.startswith("shelf/") and command[0] == "repair":
            self.goes_on(None)
            return
        state = self.which()
        if not self.batches and state not in ("before", "after"):
            raise Failed("some of what is one transaction is done")
        # What was said to be done stays done.
        if code == 0 and state != self.goal:
            raise Failed("it ended with 0 and was lost\n" + said)
        if _world.LONG or mode == "lose" or point % 4 == 0:
            self.goes_on(state)

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
    def __init__(self, what, scratch, modes, urls):
        self.modes = modes
        self.places = [Place(os.path.join(scratch, str(i)), urls) for i in range(WORKERS)]
        # Servers cost time at each point. They commit close to each other: undo is tried at enough points to stop between them.
        self.stride = 1 if _world.LONG else 3 if urls is None else 5 if what == "undo" else 11
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
        todo = iter(list(points_of(effects, self.modes, self.stride if len(effects) > 100 or self.stride > 3 else 1))[PART - 1::PARTS])
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(lambda each: self.work(each, start, command(each), todo, effects), self.places))

    def work(self, place, start, command, todo, effects):
        for point, mode, seed in todo:
            self.tried += 1
            try:
                place.crash(start, command, point, mode, seed, effects[point - 1][1] if point <= len(effects) else "")
            except (Failed, OSError) as problem:
                where = " ".join(effects[point - 1]) if point <= len(effects) else "the end"
                self.problems.append("audit %s from '%s', %s at effect %d of %d (%s), seed %d: %s"
                                     % (" ".join(command), start, mode, point, len(effects), where, seed, problem))


def commits_of(effects):
    """Where the left database has committed and the right one has not; and between the changes of the shelf, which are made one after the other."""
    left = [number for number, (effect, path) in enumerate(effects, 1) if effect == "unlink" and path == "left.db-journal"]
    seen = [number for number, (effect, path) in enumerate(effects, 1)
            if effect in ("rename", "link", "unlink") and path.startswith("shelf/") and (path.endswith(".jsonl") or path == "shelf/sessions.json")]
    return ("databases", left[-1] + 1), ("shelf", seen[len(seen) // 2])


def recover_starts(sweep):
    """Disks of repairs and undos that were killed with one store changed and the other not, or with the shelf half changed, in every place."""
    for what, start, command in (("repair", "before", lambda place: ["repair", "--yes"]),
                                 ("undo", "after", lambda place: ["undo", place.world.runs()[-1][0], "--yes"])):
        place = sweep.places[0]
        place.world.load(start)
        effects = place.world.effects(*command(place))
        for where, number in commits_of(effects):
            for each in sweep.places:
                each.world.load(start)
                each.world.audit(*command(each), faults={"at": number, "mode": "kill"})
                stores = each.world.stores()
                shelf = {name: rows for name, rows in stores["shelf"].items() if not name.endswith(".lock") and not name.startswith(".")}
                states = [each.states[name] for name in ("before", "after")]
                split = shelf not in [state["shelf"] for state in states] if where == "shelf" else (stores["left"] == states[0]["left"]) != (stores["right"] == states[0]["right"])
                if not split:
                    raise Failed("the %s was not killed within its commits (%s)" % (what, where))
                each.world.save("cut %s, %s" % (what, where))
            yield "cut %s, %s" % (what, where), start


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
    urls = None
    if words[0] == "far":
        words.pop(0)
        urls = (os.environ["AUDIT_TEST_POSTGRES"], os.environ["AUDIT_TEST_REDIS"])
    what = words.pop(0)
    started = time.monotonic()
    scratch = _world.scratch()
    try:
        sweep = Sweep(what, scratch, words or CUTS + FAILURES, urls)
        sweep_all(sweep, what)
    finally:
        shutil.rmtree(scratch)
    for problem in sweep.problems:
        print(problem)
    print("%s%s: %d crash points, %d lost or half-done (%.0f s)" % (what, " with PostgreSQL and Redis" if urls else "", sweep.tried, len(sweep.problems), time.monotonic() - started))
    sys.exit(1 if sweep.problems or sweep.tried == 0 else 0)


main()
