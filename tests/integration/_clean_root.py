"""Makes a root in which nothing is installed but what a package depends on and what dpkg itself needs, out of the packages of this machine.

usage: _clean_root.py PACKAGE.deb DIRECTORY    prints the names of the packages
"""

import os
import re
import shutil
import subprocess
import sys

# What a Debian system cannot be without, as far as installing and purging take it.
BASE = ["base-files", "base-passwd", "bash", "coreutils", "dash", "diffutils", "dpkg", "findutils", "grep", "libc-bin", "sed", "tar"]


def stanzas():
    known = {}
    with open("/var/lib/dpkg/status", encoding="utf-8") as f:
        for stanza in f.read().split("\n\n"):
            fields = dict(re.findall(r"^([A-Za-z-]+): (.*)$", stanza, re.M))
            if fields.get("Status") == "install ok installed":
                known.setdefault(fields["Package"], (fields, stanza))
    return known


def alternatives(depends):
    """[[name or name, …], …] of a Depends field."""
    return [[re.split(r"[ (:]", one.strip())[0] for one in group.split("|")] for group in depends.split(",") if group.strip()]


def closure(first, known):
    provided = {}
    for name, (fields, _) in known.items():
        for group in alternatives(fields.get("Provides", "")):
            provided.setdefault(group[0], name)
    needed, todo = set(), list(first)
    while todo:
        group = todo.pop()
        name = next((provided.get(n) if n not in known else n for n in group if n in known or n in provided), None)
        if name is None:
            sys.exit("none of %s is installed here" % ", ".join(group))
        if name in needed:
            continue
        needed.add(name)
        fields = known[name][0]
        todo += alternatives(fields.get("Pre-Depends", "")) + alternatives(fields.get("Depends", ""))
    return needed


def info_files(name, fields):
    for base in (name, "%s:%s" % (name, fields.get("Architecture"))):
        for ending in ("list", "postinst", "prerm", "postrm", "preinst", "triggers", "symbols", "shlibs", "md5sums", "conffiles"):
            path = "/var/lib/dpkg/info/%s.%s" % (base, ending)
            if os.path.exists(path):
                yield path


def copy(path, root):
    target = root + path
    if os.path.islink(path):
        if not os.path.lexists(target):
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.symlink(os.readlink(path), target)
    elif os.path.isdir(path):
        os.makedirs(target, exist_ok=True)
    elif os.path.exists(path):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy2(path, target)


def main():
    package, root = sys.argv[1:]
    depends = subprocess.run(["dpkg-deb", "-f", package, "Depends"], check=True, capture_output=True, text=True).stdout
    known = stanzas()
    needed = closure(alternatives(depends) + [[name] for name in BASE], known)
    for link in ("bin", "sbin", "lib", "lib64"):
        os.makedirs("%s/usr/%s" % (root, link), exist_ok=True)
        os.symlink("usr/" + link, "%s/%s" % (root, link))
    os.makedirs(root + "/var/lib/dpkg/info")
    os.makedirs(root + "/var/lib/dpkg/updates")
    os.makedirs(root + "/tmp")
    status = []
    for name in sorted(needed):
        fields, stanza = known[name]
        status.append(stanza.strip("\n") + "\n\n")
        for path in info_files(name, fields):
            copy(path, root)
            if path.endswith(".list"):
                with open(path, encoding="utf-8") as f:
                    for line in f:
                        copy(line.rstrip("\n"), root)
    with open(root + "/var/lib/dpkg/status", "w", encoding="utf-8") as f:
        f.writelines(status)
    for name, text in (("passwd", "root:x:0:0:root:/root:/bin/bash\n"), ("group", "root:x:0:\n")):
        with open("%s/etc/%s" % (root, name), "w", encoding="utf-8") as f:
            f.write(text)
    subprocess.run(["ldconfig", "-r", root], check=True)
    print(" ".join(sorted(needed)))


main()
