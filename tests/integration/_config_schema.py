"""Which of the given configuration files the schema accepts: prints "good FILE" or "bad FILE: why"."""

import json
import re
import sys

import jsonschema

STRING_OR_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/', re.S)


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        validator = jsonschema.Draft202012Validator(json.load(f))
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as f:
            text = STRING_OR_COMMENT.sub(lambda m: m.group(0) if m.group(0)[0] == '"' else " ", f.read())
        problems = sorted(e.message for e in validator.iter_errors(json.loads(text)))
        print("bad %s: %s" % (path, problems[0]) if problems else "good %s" % path)


main()
