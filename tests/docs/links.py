# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

"""Checks that links between the documents lead somewhere, without a network.

Also that every guide is in the index, and that documents which sources name are there.
"""

import pathlib
import re
import sys

import markdown
import samples

MENTION = re.compile(r"\bdocs/[\w/-]+\.(?:md|cfg|yml|yaml|conf)\b")


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
