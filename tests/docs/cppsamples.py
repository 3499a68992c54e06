# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

"""Makes one C++ file of all C++ samples of the documents and headers.

A sample is what a reader needs to see, and no more: classes, members of a class that is not shown,
and statements. Each gets a namespace of its own. There, types and functions stay as they are,
members get a class around them, and statements a function. preludes/common.h declares what samples
take for granted, and preludes/NAME.h what those of the document NAME do.
"""

import dataclasses
import re

CONTROL = re.compile(r"^(if|for|while|switch|do|else|return|try)\b")
DECLARATION = re.compile(
    r"^(template|struct|class|enum|namespace|using|inline|constexpr|concept|Q_NAMESPACE)\b")
# The definition of a member outside of its class, which the prelude has.
OUTER = re.compile(r"^[\w:<>,&* ]+ (?!operator)\w+::~?\w+\(")
MEMBER = re.compile(r"^(Q_INVOKABLE|Q_PROPERTY)\b")
# Left out by the author of the sample, or made by programs that do not run here.
DROPPED = re.compile(r"^(QTEST_\w*MAIN\(|#include \"|#pragma once|\.\.\.$|…$)")


@dataclasses.dataclass
class Item:
    """A top-level declaration, function or statement."""

    line: int
    text: str


def without_comments(line):
    return re.sub(r"//.*", "", line).strip()


def items_of(line, text):
    """Divides a sample at the ends of its top-level declarations and statements."""
    items = []
    lines = []
    depth = 0
    start = line
    for number, code in enumerate(text.replace("{ … }", "{ }").splitlines(), start=line):
        plain = without_comments(code)
        if not lines and not plain:
            continue
        if not lines:
            start = number
        if DROPPED.match(plain):
            if lines:
                lines.append("")
            continue
        lines.append(code)
        # Brackets within texts are not looked for: samples have them in pairs.
        depth += sum(plain.count(mark) for mark in "({[") - sum(plain.count(mark) for mark in ")}]")
        if depth == 0 and (plain.endswith((";", "}")) or plain.startswith("#")):
            items.append(Item(start, "\n".join(lines)))
            lines = []
    if lines:
        items.append(Item(start, "\n".join(lines)))
    return items


def kind_of(item):
    first = next((plain for code in item.text.splitlines() if (plain := without_comments(code))), "")
    last = without_comments(item.text.splitlines()[-1])
    if first.startswith("#include <"):
        return "include"
    if MEMBER.match(first):
        return "member"
    if DECLARATION.match(first):
        return "declaration"
    # A body that no semicolon follows is that of a function.
    if last.endswith("}") and not CONTROL.match(first) and "(" in item.text:
        return "outer" if OUTER.match(first) else "declaration"
    return "statement"


def place(name, line):
    return f'#line {line} "{name}"'


class Samples:
    """Gathers samples, and writes the file."""

    def __init__(self, preludes):
        self.preludes = preludes
        self.includes = []
        self.parts = []
        self.count = 0

    def add(self, name, stem, line, text):
        self.count += 1
        sorted_items = {kind: [] for kind in ("include", "outer", "declaration", "member", "statement")}
        for item in items_of(line, text):
            sorted_items[kind_of(item)].append(item)
        for item in sorted_items["include"]:
            self.includes.append(f"{place(name, item.line)}\n{item.text}")

        lines = [f"namespace sample{self.count} {{"]
        prelude = self.preludes / f"{stem}.h"
        if prelude.exists():
            lines += [place(prelude.name, 1), prelude.read_text(encoding="utf-8")]

        def put(kind):
            for item in sorted_items[kind]:
                lines.extend((place(name, item.line), item.text))

        put("outer")
        # A sample may show a class of the prelude again: within, it hides that one.
        lines.append("namespace shown {")
        put("declaration")
        if sorted_items["member"]:
            lines.append("class SampleController : public QObject {\nQ_OBJECT\npublic:")
            put("member")
            lines.append("};")
        if sorted_items["statement"]:
            lines.append("[[maybe_unused]] static auto sample() {")
            put("statement")
            lines.append("}")
        lines.append("}\n}")
        self.parts.append("\n".join(lines))

    def write(self, path):
        common = self.preludes / "common.h"
        path.write_text("\n".join([f'#include "{common}"', *self.includes, *self.parts, ""]),
                        encoding="utf-8")
