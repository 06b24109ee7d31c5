"""Every check has the name of its file, says what it finds and why, and is found by at least one case."""

import json
import os
import re

import _tree

REQUIRED = ("id", "severity", "subject", "title", "message", "why")
HEADER = re.compile(r"\A\s*/\*(.*?)\*/", re.S)


def header_of(path):
    match = HEADER.match(_tree.text(path))
    if not match:
        raise ValueError("does not start with a /* header */")
    return json.loads(match.group(1))


def problems_of(path, header):
    found = []
    for key in REQUIRED:
        if not str(header.get(key) or "").strip():
            found.append("%s: no %s" % (path, key))
    if header.get("repairs") and not header.get("safety"):
        found.append("%s: repairs but no safety" % path)
    stem = os.path.splitext(os.path.basename(path))[0]
    if header.get("id") != stem:
        found.append("%s: its id is %r" % (path, header.get("id")))
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", stem):
        found.append("%s: a check's name is lower-case words joined by '-'" % path)
    if len(path.split("/")) != 3:
        found.append("%s: a check is checks/<family>/<id>.sql" % path)
    return found


def checks_of_cases(problems):
    named = {}
    for path in _tree.files("tests/cases", "expect.json"):
        try:
            for finding in json.loads(_tree.text(path)).get("findings", []):
                named.setdefault(finding["check"], path)
        except (ValueError, KeyError, TypeError) as error:
            problems.append("%s: %r" % (path, error))
    return named


def main():
    problems, by_id, counted, superseded = [], {}, 0, []
    for path in _tree.files("checks", ".sql"):
        counted += 1
        try:
            header = header_of(path)
        except ValueError as error:
            problems.append("%s: %s" % (path, error))
            continue
        problems += problems_of(path, header)
        if header.get("id") in by_id:
            problems.append("%s: the id of %s" % (path, by_id[header["id"]]))
        by_id[header.get("id")] = path
        superseded += [(path, other) for other in header.get("supersedes", [])]
    for path in _tree.files("checks"):
        if not path.endswith(".sql"):
            problems.append("%s: not a check" % path)
    for path, other in superseded:
        if other not in by_id:
            problems.append("%s: supersedes %s, and there is no such check" % (path, other))
    for path in _tree.files("adapters/profiles", ".json"):
        profile = json.loads(re.sub(r"^\s*//.*$", "", _tree.text(path), flags=re.M))
        problems += ["%s: params of %s, and there is no such check" % (path, name) for name in profile.get("params", {}) if name != "generation" and name not in by_id]
    cases = checks_of_cases(problems)
    for check in sorted(k for k in by_id if k not in cases):
        problems.append("%s: no case in tests/cases finds it" % by_id[check])
    for check in sorted(k for k in cases if k not in by_id):
        problems.append("%s: expects %s, and there is no such check" % (cases[check], check))
    _tree.finish(problems, counted)


main()
