#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

"""difference.py tells breaks from what is none: rows of changes to a header of a small library.

test_difference.py WORK
"""

import pathlib
import subprocess
import sys

HEADER = """#pragma once
#define EXPORT __attribute__((visibility("default")))
namespace LiveTemplate {
struct Point { int x = 0; int y = 0; };
enum class Kind { One, Two };
class EXPORT Shape {
public:
    Shape();
    virtual ~Shape();
    virtual int area() const;
    int corners(Kind kind) const;
    int inlined() const { return m_point.x + usedByInlined(); }
private:
    int usedByInlined() const;
    int unused() const;
    Point m_point;
};
EXPORT int count(const Shape &shape);
}
"""
SOURCE = """#include "new/shape.h"
namespace LiveTemplate {
Shape::Shape() = default;
Shape::~Shape() = default;
int Shape::area() const { return 1; }
int Shape::corners(Kind) const { return 2; }
int Shape::usedByInlined() const { return 4; }
int Shape::unused() const { return 5; }
int count(const Shape &) { return 3; }
}
"""
# What is changed, in the header and in the source, and whether that is a break.
ROWS = [
    ("nothing", [], False),
    ("a new type", [("enum class", "struct New { int n; };\nenum class")], False),
    ("a new function", [("EXPORT int count", "EXPORT int more(int n);\nEXPORT int count")], False),
    ("a new member function that is inline", [("int inlined()", "int other() const { return 1; }\n    int inlined()")],
     False),
    ("a new value at an enumeration's end", [("One, Two", "One, Two, Three")], False),
    ("a value in an enumeration's middle", [("One, Two", "One, Half, Two")], True),
    ("a member more", [("int y = 0;", "int y = 0; int z = 0;")], True),
    ("a member less", [("    Point m_point;", "    int m_point;"), ("m_point.x", "m_point")], True),
    ("a member of another type", [("int x = 0;", "double x = 0;"), ("return m_point.x", "return 1")], True),
    ("a virtual function before others",
     [("virtual int area", "virtual int first() const { return 1; }\n    virtual int area")], True),
    ("a private function gone that no program can call",
     [("    int unused() const;\n", ""), ("int Shape::unused() const { return 5; }", "")], False),
    ("a private function gone that an inline one has called",
     [("    int usedByInlined() const;\n", ""), (" + usedByInlined()", ""),
      ("int Shape::usedByInlined() const { return 4; }", "")], True),
    ("a function gone", [("EXPORT int count(const Shape &shape);", ""),
                         ("int count(const Shape &) { return 3; }", "")], True),
    ("a member function's arguments", [("corners(Kind kind)", "corners(int kind)"),
                                       ("corners(Kind)", "corners(int)")], True),
    ("a function that is no longer exported",
     [("EXPORT int count", "__attribute__((visibility(\"hidden\"))) int count")], True),
]


def main():
    work = pathlib.Path(sys.argv[1])
    difference = pathlib.Path(__file__).with_name("difference.py")
    failures = 0
    for number, (what, changes, is_break) in enumerate(ROWS):
        folder = work / str(number)
        for name in ("old", "new"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        header, source = HEADER, SOURCE
        for before, after in changes:
            if before not in header + source:
                sys.exit(f"{what}: there is no {before}")
            header = header.replace(before, after)
            source = source.replace(before, after)
        (folder / "old/shape.h").write_text(HEADER)
        (folder / "new/shape.h").write_text(header)
        (folder / "shape.cpp").write_text(source)
        subprocess.run(["c++", "-std=c++23", "-fPIC", "-shared", "-fvisibility=hidden",
                        folder / "shape.cpp", "-o", folder / "shape.so"], check=True)
        result = subprocess.run([sys.executable, difference, folder / "old", folder / "new",
                                 folder / "shape.so", folder / "probe"],
                                check=False, capture_output=True, text=True)
        is_right = result.returncode == int(is_break) and not result.stderr
        failures += not is_right
        print(f"{'ok  ' if is_right else 'FAIL'} {what}: {'a break' if is_break else 'no break'}"
              + ("" if is_right else f", but {result.returncode}\n{result.stdout}{result.stderr}"))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
