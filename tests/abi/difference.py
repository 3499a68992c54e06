#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

"""Says what programs that were compiled with the old headers would not survive.

difference.py OLD_HEADERS NEW_HEADERS NEW_LIBRARY WORK [SUPPRESSIONS]

Nothing is built but one file that includes all headers, once with the old ones and once with the
new ones, so that the release need not be compiled again:
  - types: abidiff compares what the compiler makes of them (sizes, members, virtual tables);
  - functions: what the old headers promise (clang tells by which symbol) the new library must have.
New types, functions and values are no break. Ends with 0 when there is none, with 1 when there is.
"""

import json
import pathlib
import re
import subprocess
import sys


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=False, text=True,
                          capture_output=True, **options)


def checked(*command):
    result = run(*command)
    if result.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{result.stderr}")
    return result.stdout


def probe(headers, work, name):
    """The one file that includes all headers of a folder."""
    source = work / f"{name}.cpp"
    files = sorted(headers.rglob("*.h"))
    if not files:
        sys.exit(f"There are no headers in {headers}")
    source.write_text("".join(f'#include "{file.resolve()}"\n' for file in files))
    return source


def compiler_flags():
    packages = ["Qt6Core", "Qt6Network", "Qt6Test"]
    return ["-std=c++23", "-fPIC", *checked("pkg-config", "--cflags", *packages).split()]


def compiled(source):
    library = source.with_suffix(".so")
    # Types that nothing uses, and classes whose virtual table is in the library.
    checked("c++", "-g", "-fno-eliminate-unused-debug-types", "-femit-class-debug-always",
            "-shared", *compiler_flags(), source, "-o", library)
    return library


FUNCTIONS = {"FunctionDecl", "CXXMethodDecl", "CXXConstructorDecl", "CXXDestructorDecl",
             "CXXConversionDecl", "VarDecl"}
TEMPLATES = {"ClassTemplateDecl", "FunctionTemplateDecl", "VarTemplateDecl",
             "ClassTemplateSpecializationDecl", "ClassTemplatePartialSpecializationDecl"}


def promised(node, headers, in_exported=False, is_private=False):
    """The symbols of functions and variables that are declared here and defined in the library."""
    if node.get("kind") in TEMPLATES:
        return
    inner = node.get("inner", [])
    is_exported = in_exported or any(part.get("kind") == "VisibilityAttr" for part in inner)
    if node.get("kind") in FUNCTIONS:
        is_here = (node.get("inline") or node.get("constexpr") or node.get("pure")
                   or node.get("isImplicit") or node.get("explicitlyDefaulted")
                   or node.get("explicitlyDeleted")
                   or any(part.get("kind") == "CompoundStmt" for part in inner))
        # Qt's own, which it hides, and what no program can call.
        name = re.escape(node.get("name", ""))
        is_ours = name == "qt_static_metacall" or (
            is_private and len(re.findall(rf"\b{name}\s*\(", headers)) < 2)
        if is_exported and not is_here and not is_ours and "mangledName" in node:
            yield node["mangledName"]
        return
    is_private = node.get("tagUsed") == "class"
    for part in inner:
        if part.get("kind") == "AccessSpecDecl":
            is_private = part.get("access") == "private"
        yield from promised(part, headers, is_exported, is_private)


def named_types(node, scope="", is_private=False):
    """The names of the types that a program can name."""
    kind = node.get("kind")
    name = node.get("name")
    if kind == "NamespaceDecl":
        if scope or name in ("LiveTemplate", "LiveTest"):
            for part in node.get("inner", []):
                yield from named_types(part, f"{scope}{name}::")
    elif kind in ("CXXRecordDecl", "EnumDecl") and name and scope and not is_private:
        if kind == "EnumDecl" or node.get("completeDefinition"):
            yield f"{scope}{name}"
        is_private = node.get("tagUsed") == "class"
        for part in node.get("inner", []):
            if part.get("kind") == "AccessSpecDecl":
                is_private = part.get("access") != "public"
            if not part.get("isImplicit"):
                yield from named_types(part, f"{scope}{name}::", is_private)


def declarations(source):
    """What clang finds in our namespaces."""
    text = checked("clang++", "-fsyntax-only", "-w", *compiler_flags(),
                   "-Xclang", "-ast-dump=json", "-Xclang", "-ast-dump-filter=Live", source)
    decoder = json.JSONDecoder()
    position = text.find("{")
    while position >= 0:
        node, position = decoder.raw_decode(text, position)
        yield node
        position = text.find("{", position)


def use_types(source, nodes):
    """Adds functions with each of the types: abidiff compares what functions can reach."""
    names = sorted({name for node in nodes for name in named_types(node)})
    with source.open("a") as file:
        for name in names:
            file.write(f"void uses_{name.replace('::', '_')}({name} *) {{}}\n")


def main():
    if len(sys.argv) not in (5, 6):
        sys.exit(__doc__)
    old_headers, new_headers, library, work = map(pathlib.Path, sys.argv[1:5])
    suppressions = ["--suppressions", sys.argv[5]] if len(sys.argv) == 6 else []
    work.mkdir(parents=True, exist_ok=True)

    old = probe(old_headers, work, "old")
    new = probe(new_headers, work, "new")
    broken = False

    old_nodes = list(declarations(old))
    text = "".join(file.read_text() for file in old_headers.rglob("*.h"))
    promises = {symbol for node in old_nodes for symbol in promised(node, text)}
    if not promises:
        sys.exit(f"{old_headers} promise no function at all: the check looks in the wrong place")
    exported = {line.split()[-1]
                for line in checked("nm", "--dynamic", "--defined-only", library).splitlines()}
    missing = sorted(promises - exported)
    if missing:
        broken = True
        print("The library has no longer:")
        print(run("c++filt", input="\n".join(missing)).stdout)

    use_types(old, old_nodes)
    use_types(new, declarations(new))
    types = run("abidiff", "--no-added-syms", *suppressions,
                "--headers-dir1", old_headers, "--headers-dir2", new_headers,
                compiled(old), compiled(new))
    if types.returncode & 3:
        sys.exit(types.stdout + types.stderr)
    if types.returncode:
        broken = True
        print(types.stdout)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
