"""What a browser made of the HTML report: _html_page.py FILE WHAT prints one fact about the page (or its screenshot)."""

import struct
import sys
import zlib
from html.parser import HTMLParser


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.visible = self.bars = self.scripts = self.images = self.columns = 0
        self.texts, self.inside, self.hidden_check = {}, None, False
        self.nothing, self.theme = "hidden", ""

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        classes = (a.get("class") or "").split()
        if tag == "html":
            self.theme = a.get("data-theme", "")
        if tag == "details" and "check" in classes:
            self.hidden_check = "hidden" in a
        if tag == "tr" and "finding" in classes and "hidden" not in a and not self.hidden_check:
            self.visible += 1
        self.bars += "bar" in classes
        self.scripts += tag == "script"
        self.images += tag == "img"
        self.columns += tag == "g"
        if a.get("id") == "nothing" and "hidden" not in a:
            self.nothing = "shown"
        if tag == "title" and "title" not in self.texts:
            self.inside = "title"
        if a.get("id") == "shown":
            self.inside = "status"

    def handle_data(self, data):
        if self.inside:
            self.texts[self.inside] = self.texts.get(self.inside, "") + data

    def handle_endtag(self, tag):
        self.inside = None


def screenshot(path):
    """Width, height and number of different bytes of a PNG: a blank one has few."""
    with open(path, "rb") as f:
        data = f.read()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "not a PNG"
    width, height = struct.unpack(">II", data[16:24])
    at, body = 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IDAT":
            body += data[at + 8:at + 8 + length]
        at += 12 + length
    colours = len(set(zlib.decompress(body)))
    assert width >= 1000 and height >= 1000 and colours > 60, "%dx%d, %d" % (width, height, colours)
    return "%dx%d" % (width, height)


def main():
    path, what = sys.argv[1:]
    if what == "screenshot":
        print(screenshot(path))
        return
    page = Page()
    with open(path, encoding="utf-8") as f:
        page.feed(f.read())
    if what in ("title", "status"):
        print(page.texts.get(what, "").strip())
    else:
        print(getattr(page, what))


main()
