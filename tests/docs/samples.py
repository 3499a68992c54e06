# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

"""Compiles, validates or checks every code block of the documents, and the samples in headers.

README.md in this folder says what is done with which language.
"""

import argparse
import configparser
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

import cppsamples
import markdown

# Output, and what a person types; there is nothing to test in them.
PLAIN = {"text"}
FOLLOWED = "getting-started.md"


class Checker:
    """Looks at all blocks, and gathers what is wrong."""

    def __init__(self, arguments, folder):
        self.arguments = arguments
        self.folder = folder
        self.failures = []
        self.counts = {}
        self.untested = []
        self.cpp = cppsamples.Samples(pathlib.Path(__file__).resolve().parent / "preludes")
        self.help_texts = {}
        # The template that was shown last.
        self.template = ""

    def fail(self, where, complaint):
        self.failures.append(f"{where}: {complaint}")

    def count(self, language):
        self.counts[language] = self.counts.get(language, 0) + 1

    # ---- Documents

    def check_document(self, path):
        name = path.relative_to(self.arguments.sources)
        for block in markdown.read(path).blocks:
            where = f"{name}:{block.line}"
            kind = block.marker.kind if block.marker else ""
            if kind == "untested":
                if not block.marker.text:
                    self.fail(where, "\"untested\" needs a reason")
                self.untested.append(f"{where}: {block.marker.text}")
                continue
            check = getattr(self, f"check_{block.language}", None)
            if block.language in PLAIN:
                continue
            if not check:
                self.fail(where, f"no test knows the language \"{block.language}\"; see tests/docs/README.md")
                continue
            self.count(block.language)
            # An example is built and driven by tests of its own: its text shows what stands there.
            if "examples" in name.parts and block.language in ("cpp", "cmake"):
                self.check_excerpt(path.parent, where, block)
                continue
            # What the test of that document builds and runs needs no second test.
            if path.name == FOLLOWED and kind in ("file", "run"):
                continue
            check(name, where, block)
            if block.language == "html":
                self.template = block.text

    def check_header(self, path):
        name = path.relative_to(self.arguments.sources)
        lines = path.read_text(encoding="utf-8").splitlines()
        self.check_classes(name, lines)
        sample = None
        for number, line in enumerate(lines, start=1):
            text = re.sub(r"^\s*/// ?", "", line)
            if re.fullmatch(r"[@\\]code(\{\.cpp\})?", text.strip()):
                sample = []
                start = number + 1
            elif re.fullmatch(r"[@\\]endcode", text.strip()):
                self.count("cpp in headers")
                self.cpp.add(str(name), path.stem, start, "\n".join(sample))
                sample = None
            elif sample is not None:
                sample.append(text)

    def check_classes(self, name, lines):
        """Whether every class has a comment; doxygen cannot be asked for that alone."""
        for number, line in enumerate(lines):
            if not re.match(r"(class|struct|enum class) ", line) or line.endswith(";"):
                continue
            before = number - 1
            while re.match(r"(template|requires|\s)", lines[before]):
                before -= 1
            if not lines[before].startswith("///"):
                self.fail(f"{name}:{number + 1}", "this class has no comment")

    def check_excerpt(self, folder, where, block):
        def collapsed(text):
            return " ".join(re.sub(r"(?<!:)//.*", "", text).split())

        sources = [collapsed(path.read_text(encoding="utf-8")) for path in folder.rglob("*")
                   if path.suffix in (".cpp", ".h", ".html", ".txt")]
        for piece in re.split(r"^\s*(?://)?\s*(?:\.\.\.|…)\s*$", block.text, flags=re.MULTILINE):
            if not any(collapsed(piece) in source for source in sources):
                self.fail(where, f"this stands in no file of {folder.name}:\n{piece}")

    # ---- Languages

    def check_cpp(self, name, _, block):
        self.cpp.add(str(name), name.stem, block.line, block.text)

    def check_html(self, _, where, block):
        file = self.folder / "sample.html"
        file.write_text(block.text, encoding="utf-8")
        for other in (self.arguments.sources / "tests/docs/includes").glob("*.html"):
            shutil.copy(other, self.folder)
        result = self.run([self.program("livetemplate-render"), "--validate", str(file)])
        if result.returncode:
            self.fail(where, result.stdout.replace(str(file), "").strip())

    def check_json(self, _, where, block):
        try:
            json.loads(block.text)
        except json.JSONDecodeError:
            for number, line in enumerate(block.text.splitlines(), start=1):
                try:
                    json.loads(line)
                except json.JSONDecodeError as error:
                    self.fail(where, f"line {number} is no JSON: {error}")

        if block.marker and block.marker.kind == "rendered from":
            self.check_rendered(where, block)

    def check_rendered(self, where, block):
        """Whether the last template and these states give the lines of the block."""
        file = self.folder / "rendered.html"
        file.write_text(self.template.rstrip("\n"), encoding="utf-8")
        states = []
        rest = block.marker.text
        while rest:
            state, end = json.JSONDecoder().raw_decode(rest)
            states.append(self.folder / f"state{len(states)}.json")
            states[-1].write_text(json.dumps(state), encoding="utf-8")
            rest = rest[end:].strip()
        result = self.run([self.program("livetemplate-render"), str(file), *map(str, states)])
        if result.returncode:
            self.fail(where, result.stdout)
            return
        updates = [json.loads(line)["update"] for line in result.stdout.splitlines()]
        if updates != [json.loads(line) for line in block.text.splitlines()]:
            lines = "\n".join(json.dumps(update, ensure_ascii=False) for update in updates)
            self.fail(where, f"the template gives\n{lines}")

    def check_yaml(self, _, where, block):
        try:
            import yaml
        except ImportError:
            self.untested.append(f"{where}: PyYAML is not installed")
            return
        try:
            list(yaml.safe_load_all(block.text))
        except yaml.YAMLError as error:
            self.fail(where, f"it is no YAML: {error}")

    def check_ini(self, _, where, block):
        parser = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",))
        try:
            parser.read_string(block.text)
        except configparser.Error as error:
            self.fail(where, str(error))

    def check_cmake(self, _, where, block):
        file = self.folder / "sample.cmake"
        # CMake reads all of the file before it does the first of it.
        file.write_text(f"return()\n{block.text}", encoding="utf-8")
        result = self.run([self.arguments.cmake, "-P", str(file)])
        if result.returncode:
            self.fail(where, result.stdout)

    def check_haproxy(self, _, where, block):
        file = self.folder / "haproxy.cfg"
        file.write_text(block.text, encoding="utf-8")
        program = shutil.which("haproxy", path=f"{os.environ['PATH']}:/usr/sbin")
        if not program:
            self.untested.append(f"{where}: haproxy is not installed")
            return
        result = self.run([program, "-dW", "-c", "-f", str(file)])
        if result.returncode:
            self.fail(where, result.stdout)

    def check_sh(self, _, where, block):
        result = subprocess.run(["bash", "-n"], input=block.text, text=True, check=False,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if result.returncode:
            self.fail(where, result.stdout)
            return
        for words in commands_of(block.text):
            complaint = self.complaint_about(words)
            if complaint:
                self.fail(where, complaint)

    # ---- Commands of ours: is there such an option?

    def complaint_about(self, words):
        program = pathlib.Path(words[0]).name
        if program == "dev":
            return self.complaint_about_dev(words)
        if program.startswith("livetemplate-"):
            return self.complaint_about_options(program, words[1:])
        return ""

    def complaint_about_dev(self, words):
        usage = self.help_of(str(self.arguments.sources / "dev"), "--help")
        arguments = words[1:]
        while arguments and arguments[0].startswith("-"):
            if arguments[0] not in usage:
                return f"./dev has no option {arguments[0]}"
            arguments = arguments[2:] if arguments[0] == "--preset" else arguments[1:]
        if not arguments:
            return ""
        command = arguments[0]
        if not re.search(rf"^  {re.escape(command)}\b", usage, re.MULTILINE):
            return f"./dev has no command {command}"
        if command == "run":
            return self.complaint_about_options("livetemplate-dashboard", arguments[1:])
        if command == "bench" and len(arguments) > 1:
            source = self.arguments.sources / f"tests/bench/bench_{arguments[1]}.cpp"
            if not source.exists():
                return f"there is no benchmark {arguments[1]}"
            text = source.read_text(encoding="utf-8")
            return next((f"bench_{arguments[1]} has no option {option}" for option in arguments[2:]
                         if option.startswith("--") and f'"{option[2:]}"' not in text), "")
        if command == "exec":
            return self.complaint_about(arguments[1:])
        return ""

    def complaint_about_options(self, program, words):
        path = self.arguments.programs / program
        known = {"livetemplate-server", "livetemplate-render", "livetemplate-load",
                 "livetemplate-dashboard"}
        if program not in known:
            return f"there is no program {program}"
        if not path.exists():
            # This build is without it; another one has it.
            self.untested.append(f"the options of {program}, which was not built")
            return ""
        text = self.help_of(str(path), "--help-all")
        for word in words:
            if not word.startswith("-") or word == "-":
                continue
            option = word.split("=")[0]
            if not re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", text):
                return f"{program} has no option {option}"
        return ""

    def help_of(self, *command):
        if command not in self.help_texts:
            self.help_texts[command] = self.run(command).stdout
        return self.help_texts[command]

    def program(self, name):
        return str(self.arguments.programs / name)

    @staticmethod
    def run(command):
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith("LVT_")}
        environment["QT_QPA_PLATFORM"] = "offscreen"
        return subprocess.run(command, check=False, text=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment)

    # ---- All C++ samples at once

    def compile(self):
        file = self.folder / "samples.cpp"
        self.cpp.write(file)
        if self.arguments.keep:
            shutil.copy(file, self.arguments.keep)
        flags = shlex.split(self.arguments.flags.read_text(encoding="utf-8"))
        result = self.run([self.arguments.compiler, *flags, "-fsyntax-only", str(file)])
        if result.returncode:
            self.fail("C++ samples", f"they do not compile:\n{result.stdout}")


def commands_of(text):
    """The simple commands of a shell text, each as a list of words."""
    text = text.replace("\\\n", " ")
    for line in text.splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        words = []
        for token in [*lexer, ";"]:
            if set(token) <= set("();<>|&"):
                # Variables that are set for one command.
                while words and re.match(r"^\w+=", words[0]):
                    words.pop(0)
                if words:
                    yield words
                words = []
            else:
                words.append(token)


def documents_of(sources):
    paths = [*sources.glob("*.md"), *sources.glob("docs/**/*.md"), *sources.glob("examples/**/*.md"),
             *sources.glob("tests/**/README.md")]
    return sorted(paths)


def headers_of(sources):
    return sorted(path for path in sources.glob("core/**/*.h") if not path.name.endswith("_p.h"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=pathlib.Path, required=True, help="the project")
    parser.add_argument("--programs", type=pathlib.Path, required=True, help="where they were built")
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--flags", type=pathlib.Path, required=True, help="a file with its arguments")
    parser.add_argument("--cmake", default="cmake")
    parser.add_argument("--keep", type=pathlib.Path, help="where the C++ file is copied to")
    arguments = parser.parse_args()
    arguments.sources = arguments.sources.resolve()

    with tempfile.TemporaryDirectory(prefix="samples-") as folder:
        checker = Checker(arguments, pathlib.Path(folder))
        documents = documents_of(arguments.sources)
        for path in documents:
            checker.check_document(path)
        for path in headers_of(arguments.sources):
            checker.check_header(path)
        checker.compile()

    for name, number in sorted(checker.counts.items()):
        print(f"{number:4} {name}")
    print(f"{len(checker.untested):4} untested")
    for reason in checker.untested:
        print(f"     {reason}")
    for failure in checker.failures:
        print(failure)
    if len(documents) < 5 or checker.cpp.count < 10:
        print("Hardly anything was found: the check looks in the wrong place.")
        return 1
    return 1 if checker.failures else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except markdown.MarkdownError as error:
        sys.exit(str(error))
