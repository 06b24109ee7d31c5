"""A folder includes only what it may: the layers of the program, as the text of the sources has them."""

import os
import re

import _tree

ALLOWED = {
    "auditor/model": set(),
    "auditor/sys": {"auditor/model"},
    "auditor/engine": {"auditor/model", "auditor/sys"},
    "auditor/repair": {"auditor/model", "auditor/sys"},
    "auditor/pack": {"auditor/model", "auditor/sys", "auditor/engine"},
    "auditor/cli": {"auditor/model", "auditor/sys", "auditor/engine", "auditor/repair"},
    "reports": {"auditor/model"},
}
ADAPTER = {"auditor/model", "auditor/sys"}
# The composition root, and the header of the generated list of adapters.
FREE = {"auditor/main.cpp", "adapters/all.hpp"}
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)


def layer(path):
    parts = path.split("/")
    return "reports" if parts[0] == "reports" else "/".join(parts[:2])


def problems_of(path):
    own = layer(path)
    allowed = ADAPTER if own.startswith("adapters/") else ALLOWED.get(own)
    if allowed is None:
        return ["%s: no layer of this name; add it to tests/meta/includes.py" % path]
    found = []
    for included in INCLUDE.findall(_tree.text(path)):
        if not os.path.exists(os.path.join(_tree.root(), included)):
            found.append('%s: "%s" is not a path from the root of the tree' % (path, included))
        elif layer(included) != own and layer(included) not in allowed:
            found.append('%s: %s must not include "%s"' % (path, own, included))
    return found


def main():
    problems, counted = [], 0
    for base in ("auditor", "adapters", "reports"):
        for path in _tree.files(base, ".hpp", ".cpp", ".h"):
            if path not in FREE:
                counted += 1
                problems += problems_of(path)
    _tree.finish(problems, counted)


main()
