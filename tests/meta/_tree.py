"""What the meta tests share: the files of the tree, and how a test says what is wrong."""

import os
import sys

SKIPPED = {".git", "build", ".cache", "__pycache__", ".ccache"}


def root():
    if len(sys.argv) != 2:
        sys.exit("usage: %s ROOT" % sys.argv[0])
    return os.path.abspath(sys.argv[1])


def files(base, *endings):
    """Paths below `base`, relative to the root, sorted; of all files when no ending is given."""
    found = []
    top = os.path.join(root(), base)
    for directory, folders, names in os.walk(top):
        folders[:] = sorted(f for f in folders if f not in SKIPPED)
        for name in sorted(n for n in names if n not in SKIPPED):  # in a work tree .git is a file
            if not endings or name.endswith(endings):
                found.append(os.path.relpath(os.path.join(directory, name), root()))
    return found


def text(path):
    with open(os.path.join(root(), path), encoding="utf-8") as f:
        return f.read()


def finish(problems, counted):
    """Prints the problems and ends the test. Nothing looked at is a failure too."""
    for problem in problems:
        print(problem)
    if counted == 0:
        print("nothing to look at: is this the root of the tree?")
    print("%d looked at, %d problems" % (counted, len(problems)))
    sys.exit(1 if problems or counted == 0 else 0)
