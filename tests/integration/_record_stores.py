#!/usr/bin/env python3
"""What `audit record` writes down makes the very same store again, whatever is in it.

usage: _record_stores.py sqlite|postgres     in a directory of its own; $AUDIT, $AUDIT_TEST_POSTGRES
"""
import json, math, os, pathlib, sqlite3, subprocess, sys

audit = os.environ["AUDIT"]
failures = 0


def check(what, good):
    global failures
    if not good:
        failures += 1
        print(f"FAIL: {what}")


def audit_record(out, *words, expected=0):
    done = subprocess.run([audit, "record", out, "--profile", "mine.json", "--now", "2026-03-01T12:00:00Z", *words], capture_output=True, text=True)
    check(f"record {out}: exit {done.returncode}\n{done.stdout}{done.stderr}", done.returncode == expected)
    return done


def audit_test(out):
    done = subprocess.run([audit, "test", out], capture_output=True, text=True)
    check(f"test {out}: {done.stdout}{done.stderr}", done.returncode == 0)


def profile(source):
    columns = {"id": "id", "status": "status", "state": {"from": "status", "map": {"on": "active"}, "else": "unknown"}, "created_at": {"from": "made", "as": "epoch_ms"}}
    pathlib.Path("mine.json").write_text(json.dumps({"profile": "mine", "sources": {"db": source}, "relations": {"session": {"source": "db", "table": "session", "key": "id", "columns": columns}}}))


SQLITE = r"""
PRAGMA user_version = 23; PRAGMA application_id = 99;
CREATE TABLE session (id TEXT PRIMARY KEY, status TEXT CHECK (status IN ('on', 'off')), made INTEGER, "odd ""name" TEXT DEFAULT "double", half INTEGER AS (made / 2) STORED); -- a comment
CREATE TABLE gaps (a, b); -- rowids matter
CREATE TABLE shadowed (rowid TEXT, a);
CREATE TABLE counted (n INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT REFERENCES session(id));
CREATE TABLE keyed (a TEXT, b INTEGER, c BLOB, PRIMARY KEY (b, a)) WITHOUT ROWID;
CREATE TABLE "it's -- ""odd"" one" ("select" ANY, x REAL);
CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE note_index USING fts5(body, content='note', content_rowid='id');
CREATE VIRTUAL TABLE own_index USING fts5(title, body);
CREATE VIRTUAL TABLE bare_index USING fts5(body, content='');
CREATE VIRTUAL TABLE places USING rtree(id, x0, x1);
CREATE TRIGGER note_added AFTER INSERT ON note BEGIN INSERT INTO note_index(rowid, body) VALUES (new.id, new.body); END;
CREATE TRIGGER loud AFTER INSERT ON gaps BEGIN INSERT INTO gaps(a) SELECT 'by the trigger' WHERE new.a <> 'by the trigger'; END;
CREATE VIEW seen AS SELECT id FROM session WHERE status = 'on';
CREATE INDEX by_status ON session(status) WHERE status IS NOT NULL;
CREATE UNIQUE INDEX by_expression ON session(lower(id));
"""


def fill_sqlite(db):
    db.executescript(SQLITE)
    db.execute("INSERT INTO session(id, status, made) VALUES ('s-1', 'on', 1772000000000), ('S-2', 'off', NULL)")
    db.execute("PRAGMA ignore_check_constraints = ON")
    db.execute("INSERT INTO session VALUES ('s-3', 'lost', 5, 'it''s ${CASE} and $' || '{STORE}')")
    values = [b"\x00\xff", "a\x00b", "\x00", "", "line\nline\r\n", "line\r\n" * 3000, "'; DROP TABLE session; --", "${CASE}/x", "$", "${", "\U0001f600", math.inf, -math.inf, 0.1, 1e300, 5e-324, -0.0, 3.0, 2**63 - 1, -(2**63), None, True]
    for number, value in enumerate(values):
        db.execute("INSERT INTO gaps(rowid, a, b) VALUES (?, ?, ?)", (number * 7 - 3, value, number))
    db.execute("INSERT INTO gaps(a) VALUES (CAST(x'ff41' AS TEXT))")
    db.execute("INSERT INTO shadowed(_rowid_, rowid, a) VALUES (17, 'text', 1)")
    db.execute("INSERT INTO counted(n, session_id) VALUES (5, 's-1'), (900, 'orphan')")
    db.execute("DELETE FROM counted WHERE n = 900")
    db.execute("INSERT INTO keyed VALUES ('a', 2, x'00'), ('b', 1, NULL)")
    db.execute("INSERT INTO \"it's -- \"\"odd\"\" one\" VALUES (1.5, 2)")
    db.execute("INSERT INTO note VALUES (10, 'the quick fox'), (20, 'a lazy dog')")
    db.execute("INSERT INTO own_index(rowid, title, body) VALUES (3, 'fox', 'own words')")
    db.execute("INSERT INTO bare_index(rowid, body) VALUES (8, 'nothing kept')")
    db.execute("INSERT INTO places VALUES (1, 0.5, 1.5)")
    db.commit()


def contents(path):
    db = sqlite3.connect(path)
    db.text_factory = bytes
    text = lambda value: value.decode() if isinstance(value, bytes) else value
    result = {"schema": sorted(tuple(map(text, row)) for row in db.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'"))}
    for name in ("user_version", "application_id", "auto_vacuum", "encoding"):
        result[name] = db.execute(f"PRAGMA {name}").fetchone()
    for _, name, _, sql in result["schema"]:
        if sql is None or not sql.startswith("CREATE TABLE"):
            continue
        columns = [text(row[1]) for row in db.execute("SELECT * FROM pragma_table_info(?)", (name,))]
        quoted = ['"' + c.replace('"', '""') + '"' for c in columns]
        row = ", ".join(f"{c}, typeof({c})" for c in quoted)
        table = '"' + name.replace('"', '""') + '"'
        try:
            result[name] = sorted(map(repr, db.execute(f"SELECT _rowid_, {row} FROM {table}")))
        except sqlite3.OperationalError:  # without a rowid
            result[name] = sorted(map(repr, db.execute(f"SELECT {row} FROM {table}")))
    return result


def search(path, index, word):
    return [row[0] for row in sqlite3.connect(path).execute(f"SELECT rowid FROM {index} WHERE {index} MATCH ?", (word,))]


def rebuilt(out, path):
    """As audit test makes it, in a place where ${CASE} is known."""
    pathlib.Path(path).unlink(missing_ok=True)
    script = pathlib.Path(out, "given/db.sql").read_text()
    check("no end of a line that an editor would change", b"\r" not in pathlib.Path(out, "given/db.sql").read_bytes())
    check("the text ${CASE} is safe from being filled in", "${CASE}" not in script)
    sqlite3.connect(path).executescript(script)


def sqlite():
    profile({"adapter": "sqlite", "path": "default.db"})
    for encoding in ("UTF-8", "UTF-16le"):
        name = encoding + ".db"
        db = sqlite3.connect(name)
        db.execute(f"PRAGMA encoding = '{encoding}'")
        db.execute("PRAGMA auto_vacuum = 2")
        fill_sqlite(db)
        if encoding != "UTF-8":  # bytes that are no UTF-8 are none of UTF-16 either
            db.execute("DELETE FROM gaps WHERE rowid = (SELECT max(rowid) FROM gaps)")
            db.commit()
        db.close()
        out = encoding
        audit_record(out, "--set", f"db.path={name}")
        audit_test(out)
        rebuilt(out, "again.db")
        before, after = contents(name), contents("again.db")
        for key in before:
            check(f"{encoding}: {key}: {before[key]} became {after.get(key)}", before[key] == after.get(key))
        check("no other table", before.keys() == after.keys())
        for index, word, found in (("note_index", "fox", [10]), ("own_index", "own", [3]), ("bare_index", "kept", [8])):
            check(f"{index} finds", search("again.db", index, word) == found)
        sqlite3.connect("again.db").execute("INSERT INTO note_index(note_index) VALUES ('integrity-check')")

        done = audit_record(out + "-anonymised", "--set", f"db.path={name}", "--anonymize")
        check("an index that cannot be made of rows is told", "bare_index is empty" in done.stdout and "places is empty" in done.stdout)
        audit_test(out + "-anonymised")
        rebuilt(out + "-anonymised", "other.db")
        text = pathlib.Path(out + "-anonymised", "given/db.sql").read_text()
        for word in ("quick", "lazy", "own words", "kept", "DROP TABLE session", "lost", "orphan"):
            check(f"{word} is told", word not in text)
        other = sqlite3.connect("other.db")
        other.execute("INSERT INTO note_index(note_index) VALUES ('integrity-check')")
        other.execute("INSERT INTO own_index(own_index) VALUES ('integrity-check')")
        (body,) = other.execute("SELECT body FROM note WHERE id = 10").fetchone()
        check("the words of the new texts are found", search("other.db", "note_index", f'"{body.split()[1]}"') == [10])
        check("status words stay", other.execute("SELECT count(*) FROM session WHERE status IN ('on', 'off')").fetchone() == (2,))
        check("links still lead", other.execute("SELECT count(*) FROM counted JOIN session ON session_id = id").fetchone() == (1,))

    audit_record("small", "--set", "db.path=UTF-8.db", "--max-rows", "10", expected=2)
    check("nothing is written then", not any(pathlib.Path("small").glob("*")))
    done = audit_record("UTF-8", "--set", "db.path=UTF-8.db", expected=2)
    check("a directory that is not empty is refused", "not empty" in done.stderr)
    pathlib.Path("broken.db").write_bytes(pathlib.Path("UTF-8.db").read_bytes()[:5000] + b"\xff" * 4000)
    audit_record("broken", "--set", "db.path=broken.db")
    audit_test("broken")


POSTGRES = r"""
CREATE SCHEMA live; SET search_path = live;
CREATE TYPE mood AS ENUM ('on', 'off', 'it''s "odd"');
CREATE DOMAIN short AS varchar(20) CHECK (length(VALUE) > 0);
CREATE TABLE owner (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name short UNIQUE, boss integer REFERENCES owner DEFERRABLE);
CREATE TABLE session (id text PRIMARY KEY, status mood NOT NULL DEFAULT 'on', made bigint, owner_id integer REFERENCES owner ON DELETE CASCADE,
  doubled bigint GENERATED ALWAYS AS (made * 2) STORED, "odd ""name" text, CHECK (made IS NULL OR made > 0));
CREATE TABLE child (n serial PRIMARY KEY, session_id text NOT NULL REFERENCES session ON DELETE CASCADE, data jsonb, raw bytea, at timestamptz, list text[], amount numeric(12,4), ratio float8, address inet, token uuid,
  EXCLUDE USING btree (n WITH =));
CREATE TABLE other (x integer);
CREATE UNIQUE INDEX one_boss ON owner (boss) WHERE boss IS NULL;
CREATE INDEX by_status ON session (status, lower(id) DESC);
INSERT INTO owner (name, boss) VALUES ('Bob Builder', NULL), ('Eve', 1);
INSERT INTO session (id, status, made, owner_id, "odd ""name") VALUES ('s-1', 'on', 1772000000000, 1, E'it''s \\ a\ttab\r\n ${CASE} \u20ac'), ('s-2', 'it''s "odd"', NULL, NULL, '');
INSERT INTO child (session_id, data, raw, at, list, amount, ratio, address, token) VALUES
  ('s-1', '{"name": "Bob Builder", "n": [1, 2.5, null, true], "on": "on"}', '\x00ff5c', '2026-02-01 10:00:00.123456+00', '{"a b","c\"d",NULL,e}', 12345.6789, 'NaN', '192.168.1.7', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'),
  ('s-2', 'null', '', 'infinity', '{}', 0, 1e300, NULL, NULL);
ALTER TABLE child DROP CONSTRAINT child_session_id_fkey;
INSERT INTO child (session_id) VALUES ('orphan');
ALTER TABLE child ADD CONSTRAINT child_session_id_fkey FOREIGN KEY (session_id) REFERENCES session ON DELETE CASCADE NOT VALID;
DELETE FROM child WHERE n = 2;
CREATE FUNCTION noisy() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER noisy BEFORE INSERT ON child FOR EACH ROW EXECUTE FUNCTION noisy();
"""


def psql(database, sql):
    done = subprocess.run(["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", os.environ["AUDIT_TEST_POSTGRES"] + f" dbname={database}"], input=sql, capture_output=True, text=True)
    check(f"psql: {done.stderr}", done.returncode == 0)
    return done.stdout


def rows(database, schema):
    tables = ("owner", "session", "child")
    text = "".join(f"SELECT '{t}', t::text FROM {schema}.{t} t ORDER BY 1, 2;" for t in tables)
    shape = (f"SELECT conrelid::regclass::text, conname, contype, confdeltype, convalidated, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = '{schema}'::regnamespace ORDER BY 1, 2;"
             f"SELECT indexdef FROM pg_indexes WHERE schemaname = '{schema}' AND tablename <> 'other' ORDER BY 1;"
             "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid) FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid "
             f"LEFT JOIN pg_attrdef d ON adrelid = attrelid AND adnum = attnum WHERE relnamespace = '{schema}'::regnamespace AND relkind = 'r' AND attnum > 0 AND relname <> 'other' ORDER BY 1, attnum;"
             f"SELECT nextval('{schema}.child_n_seq'), nextval(pg_get_serial_sequence('{schema}.owner', 'id'));")
    return psql(database, f"SET search_path = {schema};" + text + shape).replace(schema + ".", "")


def postgres():
    profile({"adapter": "postgres", "url": "host=/nowhere password=hunter2"})
    psql("postgres", "DROP DATABASE IF EXISTS recorded_live; CREATE DATABASE recorded_live;")
    psql("recorded_live", POSTGRES)
    place = ("--set", "db.url=" + os.environ["AUDIT_TEST_POSTGRES"] + " dbname=recorded_live", "--set", "db.schema=live")
    databases = psql("postgres", "SELECT count(*) FROM pg_database")
    done = audit_record("plain", *place)
    check("triggers are told", "triggers of child" in done.stdout)
    check("the password is not in the profile", "hunter2" not in pathlib.Path("plain/given/profile.json").read_text())
    audit_test("plain")
    script = pathlib.Path("plain/given/db.sql").read_text()
    check("a table that nothing ties to the profile is not in it", "other" not in script)
    psql("recorded_live", "CREATE SCHEMA again; SET search_path = again;\n" + script)
    before, after = rows("recorded_live", "live"), rows("recorded_live", "again")
    check(f"the same:\n{before}\nbecame\n{after}", before == after)

    audit_record("anonymised", *place, "--anonymize")
    audit_test("anonymised")
    script = pathlib.Path("anonymised/given/db.sql").read_text()
    for word in ("Bob", "Builder", "Eve", "orphan", "hunter2", "192.168", "a0eebc99", "12345.6789", "ff5c", "€"):
        check(f"{word} is told", word not in script + pathlib.Path("anonymised/given/profile.json").read_text())
    psql("recorded_live", "CREATE SCHEMA hidden; SET search_path = hidden;\n" + script)
    check("links still lead", psql("recorded_live", "SELECT count(*) FROM hidden.child c JOIN hidden.session s ON s.id = c.session_id JOIN hidden.owner o ON o.id = s.owner_id") == "1\n")
    check("values keep their form", psql("recorded_live", "SELECT data ? 'n' IS NOT NULL, octet_length(raw), at, cardinality(list) FROM hidden.child WHERE n = 1") == "t|3|2026-02-01 10:00:00.123456+00|4\n")
    check("no database is left", psql("postgres", "SELECT count(*) FROM pg_database") == databases)
    psql("postgres", "DROP DATABASE recorded_live WITH (FORCE)")


{"sqlite": sqlite, "postgres": postgres}[sys.argv[1]]()
print(f"{failures} failures")
sys.exit(1 if failures else 0)
