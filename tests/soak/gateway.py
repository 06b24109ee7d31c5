"""A chat gateway of the first generation with its bugs: transcripts and a registry, written the way the application writes them.

The registry is replaced as a whole (temporary file, rename, chmod) under sessions.json.lock; a transcript is appended to under a lock of its own.
"""

import datetime
import json
import os
import random
import time
import uuid

BUGS = ["unregistered", "died-in-registry", "empty", "cut", "unlinked", "lost"]
HEALTHY = ["talk", "go-on", "draft"]


def stamp():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


class Lock:
    """A file made with O_EXCL that says who holds it. The registry's waits ten seconds, and takes what is over 30 s old for dead."""

    def __init__(self, path, content):
        self.path, self.content = path, content

    def __enter__(self):
        deadline = time.time() + 10
        while True:
            try:
                handle = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
                break
            except FileExistsError:
                self.unlink_stale()
                if time.time() > deadline:
                    raise TimeoutError("nobody gave up %s" % self.path) from None
                time.sleep(0.025)
        with os.fdopen(handle, "w") as f:
            json.dump(self.content, f)

    def unlink_stale(self):
        try:
            if time.time() - os.stat(self.path).st_mtime > 30:
                os.unlink(self.path)
        except FileNotFoundError:
            pass

    def __exit__(self, *_):
        os.unlink(self.path)


class Gateway:
    def __init__(self, directory, ledger):
        self.folder = os.path.join(directory, "state", "agents", "main", "sessions")
        self.registry = os.path.join(self.folder, "sessions.json")
        self.ledger = ledger
        self.live = []

    # --- the application's own writes

    def change_registry(self, key, entry, dies=False):
        """Sets one entry. One that dies leaves its temporary file, and its lock goes with the process's clean-up."""
        with Lock(self.registry + ".lock", {"pid": os.getpid(), "startedAt": int(time.time() * 1000)}):
            with open(self.registry, encoding="utf-8") as f:
                entries = json.load(f)
            entries[key] = entry
            temporary = "%s.%d.%s.tmp" % (self.registry, os.getpid(), uuid.uuid4())
            with open(temporary, "w", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, 0o600)) as f:
                json.dump(entries, f, indent=2)
            if dies:
                return temporary
            os.rename(temporary, self.registry)
            os.chmod(self.registry, 0o600)
        return None

    def append(self, path, text):
        with Lock(path + ".lock", {"pid": os.getpid(), "createdAt": stamp()}):
            with open(path, "a", encoding="utf-8") as f:
                f.write(text)

    def messages(self, parent, first):
        lines = []
        for n, (role, text) in enumerate((("user", "hello"), ("assistant", "good day"))):
            subject = "%08x" % (first + n)
            lines.append({"type": "message", "id": subject, "parentId": parent, "timestamp": stamp(), "message": {"role": role, "content": [{"type": "text", "text": text}]}})
            parent = subject
        return "".join(json.dumps(line) + "\n" for line in lines)

    def transcript(self):
        """A transcript as it appears with the first answer: (id, path, text)."""
        subject = str(uuid.uuid4())
        path = os.path.join(self.folder, subject + ".jsonl")
        header = {"type": "session", "version": 3, "id": subject, "timestamp": stamp(), "cwd": "/srv/agent"}
        text = json.dumps(header) + "\n" + self.messages(None, 1)
        self.append(path, text)
        return subject, path, text

    def entry(self, subject, path):
        return {"sessionId": subject, "updatedAt": int(time.time() * 1000), "sessionFile": path, "systemSent": True, "inputTokens": 20, "outputTokens": 10, "totalTokens": 30}

    # --- what happens

    def create(self, act):
        getattr(self, act.replace("-", "_"))()

    def remember(self, subject, state, **content):
        return self.ledger.add("gateway", subject, state, content)

    def look(self, path):
        """Whoever writes the file again, or replaces it, changes one of these."""
        status = os.stat(path)
        return [status.st_ino, status.st_mtime_ns]

    def talk(self):
        subject, path, text = self.transcript()
        key = "agent:main:direct:%s" % subject[:8]
        entry = self.entry(subject, path)
        self.change_registry(key, entry)
        self.live.append(self.remember(subject, "healthy", key=key, entry=entry, text=text, look=self.look(path)))

    def go_on(self):
        """A question and an answer more in one of the last sessions."""
        if not self.live:
            return
        made = random.choice(self.live[-5:])["content"]
        path = made["entry"]["sessionFile"]
        made["text"] += self.messages("%08x" % (made["text"].count("\n") - 1), made["text"].count("\n"))
        self.append(path, made["text"][os.path.getsize(path):])
        made["entry"] = dict(made["entry"], updatedAt=int(time.time() * 1000), totalTokens=made["entry"]["totalTokens"] + 30)
        self.change_registry(made["key"], made["entry"])
        made["look"] = self.look(path)

    def draft(self):
        """Its first answer has not come: an entry without a file is as it should be."""
        subject = str(uuid.uuid4())
        key = "agent:main:direct:%s" % subject[:8]
        entry = {"sessionId": subject, "updatedAt": int(time.time() * 1000), "systemSent": False}
        self.change_registry(key, entry)
        self.remember(subject, "draft", key=key, entry=entry)

    def unregistered(self):
        subject, path, text = self.transcript()
        self.remember(subject, "unregistered", text=text, look=self.look(path))

    def died_in_registry(self):
        subject, path, text = self.transcript()
        temporary = self.change_registry("agent:main:direct:%s" % subject[:8], self.entry(subject, path), dies=True)
        self.remember(subject, "unregistered", text=text, look=self.look(path), leftover=temporary)

    def empty(self):
        subject = str(uuid.uuid4())
        with open(os.path.join(self.folder, subject + ".jsonl"), "w", encoding="utf-8"):
            pass
        self.remember(subject, "empty")

    def cut(self):
        """The process died in the middle of an append."""
        subject, path, text = self.transcript()
        key = "agent:main:direct:%s" % subject[:8]
        entry = self.entry(subject, path)
        self.change_registry(key, entry)
        more = self.messages("00000002", 3)
        self.append(path, more[:-9])
        self.remember(subject, "cut", key=key, entry=entry, text=text + more[:more.index("\n") + 1])

    def unlinked(self):
        """The key was started anew, and its entry kept the file of before."""
        before, old, old_text = self.transcript()
        subject, path, text = self.transcript()
        key = "agent:main:direct:%s" % before[:8]
        entry = self.entry(subject, old)
        self.change_registry(key, entry)
        self.remember(before, "unregistered", text=old_text, look=self.look(old))
        self.remember(subject, "unlinked", key=key, entry=entry, text=text, path=path)

    def lost(self):
        """Somebody removed the file of a session that has run."""
        subject, path, _ = self.transcript()
        key = "agent:main:direct:%s" % subject[:8]
        self.change_registry(key, self.entry(subject, path))
        os.unlink(path)
        self.remember(subject, "lost", key=key)
