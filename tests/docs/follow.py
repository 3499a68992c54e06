# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

"""Makes shell scripts of a document, which do what it tells a reader to do, to the letter.

A step that needs the network is a script of its own, so that all others can be run without one.
They are numbered in their order and go on in the folder where the one before has ended.

README.md in this folder has the comments that say what is done with a block.
"""

import argparse
import pathlib
import re
import shlex
import sys

import markdown

PRELUDE = """\
#!/usr/bin/env bash
# Made of {document} by tests/docs/follow.py.

# Pipelines are judged by all their parts, and a command that fails ends it all.
set -euo pipefail

lvt_where={folder}
lvt_output=$(mktemp)
lvt_line=0
exec {{lvt_stdout}}>&1

# Ends the servers that a step has left behind, and says which step failed.
lvt_end() {{
    local status=$? jobs
    exec >&"$lvt_stdout" 2>&1
    jobs=$(jobs -p)
    [[ -z $jobs ]] || kill $jobs 2>/dev/null || true
    ((status == 0)) || printf '%s\\n' "{document}:$lvt_line: failed with $status, and printed:" \\
        "$(cat "$lvt_output")"
    rm --force "$lvt_output"
    exit "$status"
}}
trap lvt_end EXIT

lvt_begin() {{
    lvt_line=$1
    printf '%s\\n' "{document}:$lvt_line"
    : >"$lvt_output"
    exec >>"$lvt_output" 2>&1
}}

lvt_finish() {{
    exec >&"$lvt_stdout" 2>&1
    cat "$lvt_output"
}}

# Waits until a command succeeds: programs in the background need a moment.
lvt_await() {{
    local attempt
    for attempt in {{1..300}}; do
        if "$@"; then
            return
        fi
        sleep 0.1
    done
    printf '%s\\n' "{document}:$lvt_line: waited in vain ($attempt times): $*"
    return 1
}}

# Whether the output has these texts, each after the one before.
lvt_has_in_order() {{
    local text rest
    rest=$(cat "$lvt_output")
    for text in "$@"; do
        [[ $rest == *"$text"* ]] || return 1
        rest=${{rest#*"$text"}}
    done
}}

lvt_has_all() {{
    local text
    for text in "$@"; do
        lvt_has_in_order "$text" || return 1
    done
}}

# lvt_look_again TEST TEXT...: does what the function lvt_look does, for its output only.
lvt_look_again() {{
    lvt_look >"$lvt_output" 2>&1
    "$@"
}}

# lvt_expect TEST TEXT...: waits until the output has the texts, and says so.
lvt_expect() {{
    lvt_await "$@"
    shift
    printf '{document}:%s: as it says: %s\n' "$lvt_line" "$*"
}}

lvt_answers() {{
    (: <"/dev/tcp/$1/$2") 2>/dev/null
}}

cd -- "$(cat "$lvt_where")"
"""

EPILOGUE = """
pwd >"$lvt_where"
"""

END_OF_FILE = "LVT_END_OF_FILE"


def command_of(step, before):
    """The shell commands that do what one step of the document says; before is the last marker."""
    marker = step.marker if isinstance(step, markdown.Block) else step
    kind = marker.kind if marker else ""
    quoted = shlex.quote(marker.text) if marker else ""
    if isinstance(step, markdown.Block):
        if (kind, marker and marker.text) == ("run", "again"):
            return f"lvt_line={step.line}\nlvt_look() {{\n{step.text}}}\n"
        if kind == "run":
            return f"lvt_begin {step.line}\n{step.text}lvt_finish\n"
        if kind == "file":
            return (f"lvt_line={step.line}\ncat >{quoted} <<'{END_OF_FILE}'\n"
                    f"{step.text}{END_OF_FILE}\n")
        if kind == "output":
            texts = [part.strip() for line in step.text.splitlines() for part in line.split("...")]
            texts = " ".join(shlex.quote(text) for text in texts if text)
            test = "lvt_has_all" if marker.text == "any order" else "lvt_has_in_order"
            if before and (before.kind, before.text) == ("run", "again"):
                test = f"lvt_look_again {test}"
            return f"lvt_line={step.line}\nlvt_expect {test} {texts}\n"
        if kind in ("not run", "untested") and marker.text:
            return ""
        raise markdown.MarkdownError(
            f"line {step.line}: a block must say what a reader does with it; \"{kind}\" is not known")
    if kind == "check":
        program = shlex.quote(marker.text.split()[0])
        return (f"if command -v {program} >/dev/null; then\nlvt_begin {step.line}\n{marker.text}\n"
                f"lvt_finish\nelse\necho {program} is not here, so this is not checked: {quoted}\nfi\n")
    if kind == "wait":
        host, _, port = marker.text.rpartition(":")
        return f"lvt_line={step.line}\nlvt_await lvt_answers {host} {port}\n"
    return ""


def scripts_of(document):
    """Pairs of a script's text and whether it needs the network."""
    scripts = []
    before = None
    for step in document.steps:
        command = command_of(step, before)
        marker = before = step.marker if isinstance(step, markdown.Block) else step
        if not command:
            continue
        network = (marker.kind, marker.text) == ("run", "network")
        if not scripts or network != scripts[-1][1]:
            scripts.append(["", network])
        scripts[-1][0] += "\n" + command
    return scripts


def replaced(text, replacements):
    for old, new in replacements:
        text = re.sub(rf"(?<![\w.]){re.escape(old)}(?![\w])", lambda _: new, text)
    return text


def write_scripts(path, folder, where, replacements=()):
    """Writes the scripts for the document at path into folder, and returns their names in order.

    where is the file that passes the current folder from one script to the next, as they see it.
    """
    scripts = []
    for number, (text, network) in enumerate(scripts_of(markdown.read(path)), start=1):
        name = folder / f"{number:02}-{'network' if network else 'steps'}.sh"
        prelude = PRELUDE.format(document=path.name, folder=shlex.quote(str(where)))
        name.write_text(prelude + replaced(text, replacements) + EPILOGUE, encoding="utf-8")
        scripts.append(name)
    return scripts


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("document", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path, help="where the scripts are written")
    parser.add_argument("where", help="the file with the current folder, as the scripts see it")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for old in arguments.folder.glob("*.sh"):
        old.unlink()
    for script in write_scripts(arguments.document, arguments.folder, arguments.where):
        print(script)


if __name__ == "__main__":
    try:
        main()
    except markdown.MarkdownError as error:
        sys.exit(str(error))
