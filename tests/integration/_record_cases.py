#!/usr/bin/env python3
"""Makes the stores of the cases in tests/cases live, records them with `audit record`, plainly and anonymised, and holds what was recorded against them.

usage: _record_cases.py WORK [GLOB...]     $AUDIT, $AUDIT_SOURCE_DIR, $AUDIT_TEST_POSTGRES; $AUDIT_TEST_REDIS is a server of its own, whose database 7 is free
"""
import datetime, fnmatch, json, os, pathlib, re, shutil, sqlite3, subprocess, sys

source = pathlib.Path(os.environ["AUDIT_SOURCE_DIR"])
audit = os.environ["AUDIT"]
work = pathlib.Path(sys.argv[1])
globs = sys.argv[2:] or ["*"]
failures = 0
secrets = 0  # words that were looked for


def fail(case, what):
    global failures
    failures += 1
    print(f"FAIL: {case}: {what}")


def read_json(path):
    return json.loads(re.sub(r"^\s*//.*$", "", path.read_text(), flags=re.M))


def time_of(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def texts(value):
    return [value] if isinstance(value, str) else value


# What a case cannot hold, and what `audit record` says of it: it ends with 3.
BEYOND = {"incident-openclaw-49796": "is not in it", "incident-openclaw-5006": "the process that holds it is of this machine", "transcript-unreadable": "is not in it"}


class Live:
    """The stores of one case, as an application would have left them."""

    def __init__(self, directory):
        self.case = read_json(directory / "expect.json")
        self.directory = directory
        self.stores = work / "live" / directory.name
        shutil.rmtree(self.stores, ignore_errors=True)
        self.stores.mkdir(parents=True)
        self.options = []
        self.originals = []  # texts in which nothing must be found again
        self.schema = None
        given = dict(self.case["given"])
        profile = given.pop("profile", None) or self.case["profile"]
        built_in = "/" not in profile
        self.profile = profile if built_in else str(directory / profile)
        text = (source / f"adapters/profiles/{profile}.json").read_text() if built_in else (directory / profile).read_text()
        self.sources = json.loads(re.sub(r"(?m)^\s*//.*$|,?\s//\s.*$", "", text))["sources"]
        for name, value in given.items():
            self.make(name, value)
        for name, spec in self.sources.items():
            if name in given and given[name] is not None:
                continue
            if f"{name}." in " ".join(self.case.get("set", {})):
                continue
            if spec["adapter"] in ("sqlite", "tmux", "files") and "${state.path}" not in spec.get("path", ""):
                self.set(name, "path", self.stores / "absent" / name)
            elif spec["adapter"] == "redis":
                self.set(name, "url", f"unix://{self.stores}/absent.sock")
        for option, value in self.case.get("set", {}).items():
            self.options += ["--set", f"{option}={value.replace('${CASE}', str(directory))}"]

    def set(self, name, option, value):
        self.options += ["--set", f"{name}.{option}={value}"]

    def text(self, file):
        text = (self.directory / file).read_text(errors="surrogateescape")
        if not file.startswith("../"):
            self.originals.append(text)
        return text.replace("${CASE}", str(self.directory))

    def database(self, path, scripts):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not scripts[0].endswith(".sql"):
            shutil.copyfile(self.directory / scripts[0], path)
            return
        connection = sqlite3.connect(path)
        for script in scripts:
            connection.executescript(self.text(script))
        connection.commit()
        connection.close()

    def make(self, name, value):
        if value is None:
            return
        if isinstance(value, dict) and "many" in value:
            for file, scripts in value["many"].items():
                self.database(self.stores / name / file, texts(scripts))
            self.set(name, "path", f"{self.stores}/{name}/*")
        elif isinstance(value, dict) and "postgres" in value:
            self.schema = "audit_live_" + re.sub(r"\W", "_", self.directory.name)
            psql(f'CREATE SCHEMA "{self.schema}"')
            for script in texts(value["postgres"]):
                psql(self.text(script), self.schema)
            self.set(name, "url", os.environ["AUDIT_TEST_POSTGRES"])
            self.set(name, "schema", self.schema)
        elif isinstance(value, dict) and "redis" in value:
            redis("FLUSHDB\n")
            for script in texts(value["redis"]):
                redis("".join(line + "\n" for line in self.text(script).splitlines() if line and not line.startswith("#")))
            self.set(name, "url", os.environ["AUDIT_TEST_REDIS"] + "?db=7")
        else:
            self.make_files(name, value)

    def make_files(self, name, value):
        entry = value if isinstance(value, dict) else {"copy": texts(value)[0]}
        first = entry["copy"]
        if (self.directory / first).is_dir():
            self.tree(name, first, entry.get("modified", {}))
            self.set(name, entry.get("option", "path"), self.stores / name)
        elif first.endswith(".sql"):
            self.database(self.stores / f"{name}.db", texts(value))
            self.set(name, "path", self.stores / f"{name}.db")
        else:
            target = self.stores / (name + pathlib.Path(first).suffix)
            target.write_bytes(self.text(first).encode(errors="surrogateescape"))
            self.set(name, entry.get("option", "snapshot"), target)

    def tree(self, name, folder, modified):
        target = self.stores / name
        shutil.copytree(self.directory / folder, target, symlinks=True)
        day_old = time_of(self.case["now"]) - 86400
        for file in [f for f in target.rglob("*") if f.is_file() and not f.is_symlink()]:
            self.originals.append(file.read_bytes().decode(errors="replace").replace("${STORE}", ""))
            content = file.read_bytes().replace(b"${STORE}", str(target).encode())
            if file.name.endswith(".sqlite.sql"):
                database = file.with_suffix("")
                connection = sqlite3.connect(database)
                connection.executescript(content.decode())
                connection.commit()
                connection.close()
                file.unlink()
                file = database
            else:
                file.write_bytes(content)
            at = modified.get(str(file.relative_to(target)))
            os.utime(file, (time_of(at) if at else day_old,) * 2)

    def arguments(self):
        case = self.case
        words = ["--profile", self.profile, "--now", case["now"], *self.options]
        words += ["--grace", case["grace"]] if "grace" in case else []
        words += ["--unsafe"] if case.get("unsafe") else []
        for allow in texts(case.get("allow", [])):
            words += ["--allow", allow]
        for glob in texts(case.get("checks", [])):
            words += ["--check", glob]
        return words

    def state(self):
        """Every byte and time of the files."""
        return {str(f): (f.lstat().st_mtime_ns, f.lstat().st_mode, f.read_bytes() if f.is_file() else b"") for f in self.stores.rglob("*")}

    def close(self):
        if self.schema:
            psql(f'DROP SCHEMA "{self.schema}" CASCADE')


def psql(sql, schema=None):
    environment = {**os.environ, "PGOPTIONS": f"-csearch_path={schema}" if schema else ""}
    subprocess.run(["psql", "-qXv", "ON_ERROR_STOP=1", os.environ["AUDIT_TEST_POSTGRES"]], input=sql, text=True, check=True, env=environment, capture_output=True)


def redis(commands):
    done = subprocess.run(["redis-cli", "-s", os.environ["AUDIT_TEST_REDIS"].removeprefix("unix://"), "-n", "7"], input=commands.encode(), capture_output=True, check=True)
    if b"ERR" in done.stdout:
        raise SystemExit(f"redis-cli: {done.stdout.decode()}")


def run(*words):
    return subprocess.run([audit, *words], capture_output=True, text=True, errors="replace", timeout=120)


def counts(findings):
    result = {}
    for finding in findings:
        result[finding["check"]] = result.get(finding["check"], 0) + 1
    return result


def public_words():
    """Words of profiles, checks and schemas: what is in this tree anyway."""
    words = set()
    for pattern in ("adapters/profiles/*.json", "checks/**/*.sql", "tests/schemas/**/*.sql"):
        for file in source.glob(pattern):
            words |= {w.lower() for w in re.findall(r"[A-Za-z0-9]+", file.read_text())}
    for text in ("audit record found snapshot tmux server status windows findings plan update delete insert relation before after check severity error warning note state modified "
                 "given copy option exit title profile complete table unique values integer primary create index references default autoincrement trigger cascade pragma conflict "
                 "rebuild content delete rpush pexpire actionflows openclaw agenterm simple manager isol8 expire constraint without rowid begin commit ignore infinity").split():
        words.add(text)
    return words


PUBLIC = public_words()


def secret_words(live):
    """Words of values (of SQL, JSON and commands), of six signs and more, that are no numbers."""
    words = set()
    for text in live.originals:
        text = re.sub(r"--.*|^#.*|//.*", "", text, flags=re.M)
        schema = " ".join(re.findall(r"CREATE [^;]*;|INSERT INTO [^(]*\([^)]*\)", text))
        known = {w.lower() for w in re.findall(r"[A-Za-z0-9]+", schema)}
        for value in re.findall(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"(?!\s*:)", text):
            words |= {w.lower() for w in re.findall(r"[A-Za-z0-9]{6,}", value)} - known
    return {w for w in words if not re.fullmatch(r"\d+(t\d+)?z?", w)} - PUBLIC


def check_secret(live, out):
    secrets = secret_words(live)
    for file in out.rglob("*"):
        text = str(file.relative_to(out)) + (" " + file.read_bytes().decode(errors="replace") if file.is_file() else "")
        found = {w for w in re.findall(r"[a-z0-9]{6,}", text.lower()) if w in secrets}
        if found:
            fail(live.directory.name, f"{file.relative_to(out)} tells {sorted(found)[:8]}")
    return len(secrets)


def check(live, anonymised):
    global secrets
    name = live.directory.name
    out = work / "recorded" / (name + ("-anonymised" if anonymised else ""))
    before = live.state()
    done = run("record", str(out), *live.arguments(), *(["--anonymize"] if anonymised else []))
    if name in BEYOND:
        if done.returncode != 3 or BEYOND[name] not in done.stdout:
            fail(name, f"exit {done.returncode}, and does not say what is missing\n{done.stdout}")
        return
    if done.returncode != 0:
        fail(name, f"record{' --anonymize' if anonymised else ''}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return
    if live.state() != before:
        fail(name, "a byte or a time of the stores changed")
    tried = run("test", str(out))
    if tried.returncode != 0 or "1 case: 1 passed" not in tried.stdout:
        fail(name, f"audit test{' of the anonymised case' if anonymised else ''}:\n{tried.stdout}{tried.stderr}")
    recorded = json.loads((out / "expect.json").read_text())
    want = counts(live.case["findings"])
    got = counts(recorded["findings"])
    if want != got:
        fail(name, "other findings: " + ", ".join(f"{c}: {want.get(c, 0)} expected, {got.get(c, 0)} recorded" for c in sorted({*want, *got}) if want.get(c, 0) != got.get(c, 0)))
    ids = sorted((f["check"], f["id"]) for f in live.case["findings"])
    mine = sorted((f["check"], f["id"]) for f in recorded["findings"])
    if not anonymised and ids != mine:
        fail(name, f"other ids: {[i for i in ids if i not in mine][:4]} became {[i for i in mine if i not in ids][:4]}")
    if anonymised:
        secrets += check_secret(live, out)


tried = 0
for path in sorted((source / "tests/cases").glob("*/expect.json")):
    directory = path.parent
    if not any(fnmatch.fnmatch(directory.name, glob) for glob in globs):
        continue
    tried += 1
    live = Live(directory)
    try:
        for anonymised in (False, True):
            check(live, anonymised)
    finally:
        live.close()
if secrets < 10 * tried:
    fail("all", f"the test knows of {secrets} secrets only")
print(f"{tried} stores recorded twice, {failures} failures")
sys.exit(1 if failures or not tried else 0)
