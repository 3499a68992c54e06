# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

"""Checks that links between the documents lead somewhere, without a network.

Also that every guide is in the index, that documents which sources name are there, and that
metrics and variables which guides name are there, too.
"""

import pathlib
import re
import sys

import markdown
import samples

MENTION = re.compile(r"\bdocs/[\w/-]+\.(?:md|cfg|yml|yaml|conf)\b")

METRIC = re.compile(r"\blivetemplate_[a-z_]+\b")
VARIABLE = re.compile(r"\bLVT_[A-Z_]+\b")


def text_of(folders):
    return "\n".join(path.read_text(encoding="utf-8") for folder in folders
                     for path in folder.glob("**/*") if path.suffix in (".cpp", ".h", ".cfg", ".html"))


def unknown_names(documents, sources):
    """Pairs of a place and a name; blocks of output may show names that are wrong."""
    known = text_of([sources / "core", sources / "app", sources / "docs/deploy"])
    known += (sources / "dev").read_text(encoding="utf-8")
    words = set(re.findall(r"\w+", known))
    for path, document in documents.items():
        output = {number for block in document.blocks if block.language == "text"
                  for number in range(block.line, block.line + block.text.count("\n"))}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if number in output:
                continue
            for name in METRIC.findall(line) + VARIABLE.findall(line):
                # A summary has a sum and a count besides.
                if re.sub(r"_(sum|count)$", "", name) not in words:
                    yield f"{path.relative_to(sources)}:{number}", name


def main():
    sources = pathlib.Path(sys.argv[1]).resolve()
    failures = []
    checked = 0
    documents = {path: markdown.read(path) for path in samples.documents_of(sources)}
    for path, document in documents.items():
        name = path.relative_to(sources)
        for line, target in document.links:
            checked += 1
            if re.match(r"^(https?|mailto):", target):
                continue
            file, _, fragment = target.partition("#")
            linked = (path.parent / file).resolve() if file else path
            if not linked.exists():
                failures.append(f"{name}:{line}: there is no {target}")
            elif fragment and linked.suffix == ".md":
                other = documents.get(linked) or markdown.read(linked)
                anchors = {markdown.anchor(title) for _, title in other.headings}
                if fragment not in anchors:
                    failures.append(f"{name}:{line}: {linked.name} has no heading #{fragment}")

    index = sources / "docs/README.md"
    linked = {(index.parent / target.partition("#")[0]).resolve()
              for _, target in documents[index].links}
    for path in sources.glob("docs/*.md"):
        if path != index and path not in linked:
            failures.append(f"docs/README.md: {path.name} is not in the index")

    for folder in ("core", "ui", "app", "tests", "examples", "cmake"):
        for path in (sources / folder).glob("**/*"):
            if path.suffix not in (".h", ".cpp", ".txt", ".cmake", ".py", ".md"):
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                for mention in MENTION.findall(line):
                    if not (sources / mention).exists():
                        failures.append(
                            f"{path.relative_to(sources)}:{number}: there is no {mention}")

    failures += [f"{where}: there is no {name}" for where, name in unknown_names(documents, sources)]

    print(f"{checked} links in {len(documents)} documents")
    for failure in failures:
        print(failure)
    if checked < 20:
        print("Hardly any link was found: the check looks in the wrong place.")
        return 1
    return 1 if failures else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except markdown.MarkdownError as error:
        sys.exit(str(error))
