# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

"""What the tests of documents need to know of a Markdown file: code blocks, headings and links.

Not a parser of Markdown: it knows the forms that our documents use, and refuses a block that does
not end.

An HTML comment in front of a code block says what a test does with the block; a reader of the page
does not see it. tests/docs/README.md has them all.
"""

import dataclasses
import pathlib
import re

FENCE = re.compile(r"^(?P<indent> *)(?P<fence>`{3,})(?P<language>[\w+-]*)\s*$")
COMMENT = re.compile(r"^ *<!-- *(?P<text>.*?) *-->\s*$")
HEADING = re.compile(r"^#{1,6} +(?P<title>.+?)\s*$")
LINK = re.compile(r"!?\[(?:[^\]\[]|\[[^\]]*\])*\]\((?P<target>[^()\s]+)\)")


class MarkdownError(Exception):
    """Where the document is not what it should be, and why."""


@dataclasses.dataclass
class Marker:
    """A comment for a test: "file: main.cpp" has the kind "file" and the text "main.cpp"."""

    line: int
    kind: str
    text: str


@dataclasses.dataclass
class Block:
    """A code block. The line is that of its first line of code, counted from 1."""

    line: int
    language: str
    text: str
    marker: Marker | None


@dataclasses.dataclass
class Document:
    """A file in parts; steps has its code blocks and the markers without a block, in their order."""

    path: pathlib.Path
    steps: list
    headings: list
    links: list

    @property
    def blocks(self):
        return [step for step in self.steps if isinstance(step, Block)]


def marker_of(line, text):
    kind, _, rest = text.partition(":")
    return Marker(line, kind.strip(), rest.strip())


def read(path):
    """Reads a file into a Document."""
    document = Document(path, [], [], [])
    lines = path.read_text(encoding="utf-8").splitlines()
    marker = None
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if fence := FENCE.match(line):
            start = number
            while number < len(lines) and lines[number].strip() != fence["fence"]:
                number += 1
            if number == len(lines):
                raise MarkdownError(f"{path}:{start}: this code block does not end")
            indent = len(fence["indent"])
            code = "".join(f"{text[indent:]}\n" for text in lines[start:number])
            number += 1
            document.steps.append(Block(start + 1, fence["language"], code, marker))
            marker = None
            continue
        if not line.strip():
            continue
        # A marker belongs to the block that follows it, and to nothing else.
        if marker:
            document.steps.append(marker)
            marker = None
        if comment := COMMENT.match(line):
            marker = marker_of(number, comment["text"])
        elif heading := HEADING.match(line):
            document.headings.append((number, heading["title"]))
            document.links += links_of(number, line)
        else:
            document.links += links_of(number, line)
    if marker:
        document.steps.append(marker)
    return document


def links_of(number, line):
    # What stands between backticks is code, also when it looks like a link.
    plain = re.sub(r"`[^`]*`", "", line)
    return [(number, link["target"]) for link in LINK.finditer(plain)]


def anchor(title):
    """The name that a heading gets as the target of a link, as the hosting sites make it."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title)
    plain = re.sub(r"[^\w\- ]", "", plain.replace("`", "").lower())
    return plain.strip().replace(" ", "-")
