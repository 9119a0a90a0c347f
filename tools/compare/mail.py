#!/usr/bin/env python3
"""Compares the words that Stripout reads from messages with those that Python's `email` package reads.

    cargo build --release -p stripout-read --example layers
    python3 tools/compare/mail.py FOLDER_OR_FILE...

Read are the text parts of each message that are no attachments: of alternatives the plain one, unless it is empty or a stub
beside the HTML. Words are compared as a bag, whatever their order, with what Stripout sets apart as quoted or hidden. Every
difference is printed; the last line is the share of messages that agree. Exit status 1 when it is below 99 %. Messages in
which Python finds no text or a defect, or that it cannot decode, are named and not counted.
"""

import collections
import email
import email.policy
import html.parser
import os
import re
import subprocess
import sys

from pairs import note

OURS = {"", "quoted", "hidden"}
HEAD = re.compile(r"(From|To|Date|Subject): ")


class Page(html.parser.HTMLParser):
    """The text of a page, without what no reader sees."""

    def __init__(self):
        super().__init__()
        self.text, self.dropped = [], 0

    def handle_starttag(self, tag, attrs):
        self.dropped += tag in ("script", "style", "title", "noscript", "template")
        # Only inline elements leave a word whole.
        if tag not in ("a", "b", "i", "u", "em", "strong", "span", "font", "small", "big", "code", "sub", "sup", "tt"):
            self.text.append(" ")

    def handle_endtag(self, tag):
        self.dropped -= tag in ("script", "style", "title", "noscript", "template") and self.dropped > 0
        if tag in ("p", "div", "td", "th", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"):
            self.text.append(" ")

    def handle_data(self, data):
        if not self.dropped:
            self.text.append(data)


def words(text):
    return collections.Counter(re.findall(r"\w+", text))


def ours(path):
    """The words of the body, as the example `layers` prints them."""
    dumped = os.environ.get("LAYERS_DUMP")
    if dumped:
        with open(os.path.join(dumped, os.path.abspath(path).replace("/", "_")), encoding="utf-8", newline="") as file:
            text = file.read()
    else:
        tool = os.environ.get("LAYERS", "target/release/examples/layers")
        text = subprocess.run([tool, path], capture_output=True, check=False).stdout.decode("utf-8")
    read, told = None, []
    for part in re.split("(?=[\x01\x02])", text):
        if not part.startswith("\x01"):
            continue
        name, _, body = part[1:].partition("\n")
        # A message with the first line of a mailbox is one.
        name = re.sub("^message-0001!?", "", name)
        if name in OURS:
            read = read or collections.Counter()
            lines = body.split("\n")
            while name == "" and lines and HEAD.match(lines[0]):
                lines.pop(0)
            read += words("\n".join(lines))
            told += lines
    return read, "\n".join(told)


def plain(part):
    text = part.get_content()
    if part.get_content_type() == "text/html":
        page = Page()
        page.feed(text)
        page.close()
        return "".join(page.text)
    return text


def theirs(part):
    """The texts of the body."""
    kind = part.get_content_type()
    if part.get_content_maintype() == "multipart":
        if not part.is_multipart():
            return [part.get_payload()]
        inner = [theirs(child) for child in part.iter_parts()]
        if kind == "multipart/alternative":
            kinds = [{leaf.get_content_type() for leaf in child.walk()} for child in part.iter_parts()]
            first = [texts for texts, kinds in zip(inner, kinds) if "text/plain" in kinds] or inner
            rest = [texts for texts in inner if texts not in first]
            count = lambda lists: sum(len("".join(texts).split()) for texts in lists)
            return sum(first if count(first) * 10 >= count(rest) else rest, [])
        return sum(inner, [])
    attached = part.get_content_disposition() == "attachment" or part.get_filename()
    if attached or kind not in ("text/plain", "text/html"):
        return []
    return [plain(part)]


def paths(arguments):
    for argument in arguments:
        if os.path.isfile(argument):
            yield argument
        for folder, _, names in sorted(os.walk(argument)):
            yield from (os.path.join(folder, name) for name in sorted(names) if re.search(r"\.eml$|^msg_.*\.txt$", name))


def main(arguments):
    same = compared = 0
    for path in paths(arguments):
        with open(path, "rb") as file:
            # Python takes `base64` with a blank after it for no encoding.
            clean = re.sub(rb"(?im)^(content-transfer-encoding:[ \t]*[\w-]+)[ \t]+(?=\r?$)", rb"\1", file.read())
            message = email.message_from_bytes(clean, policy=email.policy.default)
        defects = [type(it).__name__ for part in message.walk() for it in part.defects]
        if defects:
            print(f"{path}: not compared: Python finds it malformed: {', '.join(sorted(set(defects)))}")
            continue
        try:
            want = words("\n".join(theirs(message)))
        except Exception as error:  # noqa: BLE001: whatever Python makes of a broken message
            print(f"{path}: not compared: {type(error).__name__} {error}")
            continue
        if any("\ufffd" in word for word in re.findall(r"\S+", "\n".join(theirs(message)))):
            print(f"{path}: not compared: Python cannot decode it")
            continue
        got, told = ours(path)
        if not want:
            print(f"{path}: not compared: Python finds no text")
            continue
        compared += 1
        note(path, "\n".join(theirs(message)), told)
        if got == want:
            same += 1
            continue
        if got is None:
            print(f"{path}: not read")
            continue
        missing, more = want - got, got - want
        print(f"{path}: {sum(want.values())} words, {sum(missing.values())} missing, {sum(more.values())} more")
        print(f"    missing {list(missing)}")
        print(f"    more    {list(more)}")
    share = 100 * same / compared if compared else 0
    print(f"{same} of {compared} messages agree ({share:.1f} %)")
    return share < 99


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
