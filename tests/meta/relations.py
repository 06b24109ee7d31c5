"""Every relation of the vocabulary is documented, begins with the common columns and has a key."""

import re

import _tree

PATH = "auditor/model/relations.sql"
TABLE = re.compile(r"^CREATE TABLE (\w+) \(\n(.*?)^\);", re.S | re.M)


def main():
    problems, counted = [], 0
    sql = _tree.text(PATH)
    for match in TABLE.finditer(sql):
        counted += 1
        name, body = match.groups()
        line = sql.count("\n", 0, match.start()) + 1
        before = sql[: match.start()].rstrip("\n").split("\n")[-1]
        # The comment stands directly above: no empty line between.
        if not before.startswith("--") or sql[: match.start()].endswith("\n\n"):
            problems.append("%s:%d: relation %s has no comment" % (PATH, line, name))
        columns = [row.split()[0].strip('"') for row in body.split("\n") if row.strip()]
        if columns[:3] != ["source", "scope", "defect"]:
            problems.append("%s:%d: relation %s begins with %s" % (PATH, line, name, columns[:3]))
        if len(columns) != len(set(columns)):
            problems.append("%s:%d: relation %s names a column twice" % (PATH, line, name))
        if body.count("PRIMARY KEY") != 1:
            problems.append("%s:%d: relation %s must mark one key" % (PATH, line, name))
        if re.search(r"--\s*$", body, re.M):
            problems.append("%s:%d: relation %s has an empty comment" % (PATH, line, name))
    if counted != len(re.findall(r"^CREATE TABLE ", sql, re.M)):
        problems.append("%s: a CREATE TABLE that this test cannot read" % PATH)
    _tree.finish(problems, counted)


main()
