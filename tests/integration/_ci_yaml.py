"""The shell text that a pipeline would run: _ci_yaml.py action FILE INPUT=VALUE… | gitlab FILE VARIABLE=VALUE…"""

import re
import shlex
import sys

import yaml


def exports(variables):
    return "".join("export %s=%s\n" % (name, shlex.quote(str(value))) for name, value in variables.items())


def action(document, given):
    assert document["runs"]["using"] == "composite" and document["name"] and document["description"]
    inputs = {name: given.get(name, spec.get("default", "")) for name, spec in document["inputs"].items()}
    assert set(given) <= set(inputs), "unknown inputs %s" % sorted(set(given) - set(inputs))

    def fill(text):
        return re.sub(r"\$\{\{ *inputs\.([\w-]+) *\}\}", lambda match: inputs[match.group(1)], text)

    text = ""
    for step in document["runs"]["steps"]:
        assert step["shell"] == "bash" and "${{" not in step["run"], "an expression in a script is text that runs"
        text += exports({name: fill(value) for name, value in step.get("env", {}).items()}) + step["run"]
    ids = {step.get("id") for step in document["runs"]["steps"]}
    for output in document["outputs"].values():
        assert re.fullmatch(r"\$\{\{ steps\.(\w+)\.outputs\.\w+ \}\}", output["value"]).group(1) in ids
    return text


def gitlab(document, given):
    (job,) = document.values()
    assert set(job) <= {"stage", "variables", "script", "artifacts"} and set(job["artifacts"]["reports"]) == {"junit", "codequality"}
    return exports({**job["variables"], **given}) + "\n".join(job["script"]) + "\n"


def main():
    kind, path, *words = sys.argv[1:]
    given = dict(word.split("=", 1) for word in words)
    with open(path, encoding="utf-8") as f:
        document = yaml.safe_load(f)
    sys.stdout.write({"action": action, "gitlab": gitlab}[kind](document, given))


main()
