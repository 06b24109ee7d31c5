"""Validates reports: _report_formats.py FORMAT FILE SOURCE_TREE. Prints nothing and ends with 0 when the file is well-formed."""

import json
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

import jsonschema

# What the JUnit reports of Jenkins, GitLab and GitHub's readers take: element -> attributes, required ones marked.
JUNIT = {
    "testsuites": ({"name", "tests", "failures", "errors", "skipped", "time"}, set(), {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped", "time"}, {"name", "tests"}, {"testcase"}),
    "testcase": ({"name", "classname", "time"}, {"name", "classname"}, {"failure", "error", "skipped", "system-out"}),
    "failure": ({"message", "type"}, {"type"}, set()),
    "error": ({"message", "type"}, {"type"}, set()),
    "skipped": ({"message"}, set(), set()),
    "system-out": (set(), set(), set()),
}
GITLAB = {
    "type": "array",
    "items": {
        "type": "object", "additionalProperties": False,
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string"}, "check_name": {"type": "string"}, "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {"type": "object", "required": ["path", "lines"], "additionalProperties": False, "properties": {
                "path": {"type": "string", "minLength": 1},
                "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}}}}}}}
SAMPLE = re.compile(r'[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_]\w*="([^"\\\n]|\\["\\n])*"(,(?!\})|(?=\})))*\})? [-+0-9.e]+')


def schema(*path):
    with open(os.path.join(*path), encoding="utf-8") as f:
        return json.load(f)


def check_junit(element, path=""):
    path = "%s/%s" % (path, element.tag)
    allowed, required, children = JUNIT[element.tag]
    assert set(element.attrib) <= allowed, "%s: attributes %s" % (path, sorted(element.attrib))
    assert required <= set(element.attrib), "%s: lacks %s" % (path, sorted(required - set(element.attrib)))
    for child in element:
        assert child.tag in children, "%s must not hold %s" % (path, child.tag)
        check_junit(child, path)
    if element.tag in ("testsuite", "testsuites"):
        cases = list(element.iter("testcase"))
        assert int(element.get("tests")) == len(cases), path
        for kind, counter in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert int(element.get(counter)) == sum(case.find(kind) is not None for case in cases), "%s %s" % (path, counter)


def check_prometheus(text):
    typed, sampled = set(), set()
    for line in text.split("\n")[:-1]:
        if line.startswith("# "):
            words = line.split(" ", 3)
            assert words[1] in ("HELP", "TYPE") and words[2].startswith("audit_"), line
            if words[1] == "TYPE":
                assert words[2] not in typed, "typed twice: " + line
                typed.add(words[2])
            continue
        assert SAMPLE.fullmatch(line), line
        name = line.split(" ")[0]
        assert name.split("{")[0] in typed, "no type: " + line
        assert line.rsplit(" ", 1)[0] not in sampled, "twice: " + line
        sampled.add(line.rsplit(" ", 1)[0])
    assert text.endswith("\n")


def main():
    kind, path, tree = sys.argv[1:]
    with open(path, encoding="utf-8") as f:
        text = f.read()
    if kind == "json":
        jsonschema.Draft202012Validator(schema(tree, "docs", "audit-report-1.schema.json")).validate(json.loads(text))
    elif kind == "jsonl":
        kinds = [json.loads(line)["type"] for line in text.splitlines()]
        assert kinds[0] == "run" and kinds[-1] == "summary" and kinds.count("gate") == 1, kinds
    elif kind == "sarif":
        # uniqueItems over many results takes the validator quadratic time: the sample is small.
        jsonschema.Draft4Validator(schema(tree, "tests", "schemas", "external", "sarif-2.1.0-rtm.5.schema.json")).validate(json.loads(text))
    elif kind == "junit":
        check_junit(ElementTree.fromstring(text.encode()))
    elif kind == "gitlab":
        issues = json.loads(text)
        jsonschema.Draft202012Validator(GITLAB).validate(issues)
        assert len({issue["fingerprint"] for issue in issues}) == len(issues), "fingerprints are not unique"
    elif kind == "prometheus":
        check_prometheus(text)
    else:
        raise SystemExit("unknown kind " + kind)


try:
    main()
except jsonschema.ValidationError as error:
    sys.exit("%s: %s" % ("/".join(map(str, error.absolute_path)), error.message[:500]))
