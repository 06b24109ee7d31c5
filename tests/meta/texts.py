"""Texts stay readable and general: no file too long, no path of one machine, no broken link, no test that cannot run."""

import os
import re

import _tree

LIMIT = 600
SOURCES = (".cpp", ".hpp", ".h", ".py", ".sh", ".cmake", ".md", ".sql", "run", "quickstart", "CMakeLists.txt")
# Data that is as long as it is, and a page made from the check files.
DATA = ("docs/checks.md", "tests/schemas/", "tests/cases/", "tests/fuzz/corpus/", "deploy/examples/")
# In two halves, so that this file does not hold them.
FORBIDDEN = [re.compile(a + b) for a, b in ((r"(?<![\w.])/wo", r"rk/"), (r"(?<![\w-])sha", r"red/"), (r"/tmp/d", r"ev/"))]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
TEST_CASE = re.compile(r'TEST_CASE(?:_METHOD)?\((?:\w+,\s*)?"((?:[^"\\]|\\.)*)"')


def readable(path):
    try:
        return _tree.text(path)
    except UnicodeDecodeError:
        return None  # bytes on purpose: a fixture


def words(path, content):
    for number, line in enumerate(content.split("\n"), 1):
        for pattern in FORBIDDEN:
            match = pattern.search(line)
            if match:
                yield "%s:%d: names %r" % (path, number, match.group(0))


def links(path, content):
    for target in LINK.findall(re.sub(r"```.*?```", "", content, flags=re.S)):
        target = target.split("#")[0]
        if target and "://" not in target and not target.startswith("mailto:"):
            if not os.path.exists(os.path.join(_tree.root(), os.path.dirname(path), target)):
                yield "%s: links to %s, which does not exist" % (path, target)


def test_names(path, content, seen):
    for name in TEST_CASE.findall(content):
        # ctest would cut the name at ';' and run nothing, successfully; '*' and '\' match other tests.
        if re.search(r"[;*\\]", name):
            yield "%s: a test name must not hold ; * or \\: %s" % (path, name)
        folder = os.path.dirname(path)
        if (folder, name) in seen:
            yield "%s: the test name of %s: %s" % (path, seen[folder, name], name)
        seen[folder, name] = path


def main():
    problems, counted, seen = [], 0, {}
    if not os.path.exists(os.path.join(_tree.root(), "README.md")):
        problems.append("README.md is missing")
    for path in _tree.files("."):
        content = readable(path)
        if content is None:
            continue
        counted += 1
        problems += words(path, content)
        lines = content.count("\n")
        if path.endswith(SOURCES) and not path.startswith(DATA) and lines > LIMIT:
            problems.append("%s: %d lines; more than %d: split it" % (path, lines, LIMIT))
        if path.endswith(".md"):
            problems += links(path, content)
        if path.startswith("tests/") and path.endswith(".cpp"):
            problems += test_names(path, content, seen)
    _tree.finish(problems, counted)


main()
