# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

"""Follows getting-started.md with an installed library, as `./dev newcomer` does in a bare system.

Different from there: nothing is installed from a mirror, ports are free ones, /usr/local is a
folder of the test, nothing is optimised, which takes half the time, and tests/docs/curl.py stands in
for a curl that is not there.
"""

import argparse
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile

import follow

PORTS = ("8080", "8081", "8000", "6380")


def free_ports(count):
    """Ports that nobody has now; they are held until all are known."""
    sockets = [socket.socket() for _ in range(count)]
    for candidate in sockets:
        candidate.bind(("127.0.0.1", 0))
    ports = [str(candidate.getsockname()[1]) for candidate in sockets]
    for candidate in sockets:
        candidate.close()
    return ports


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("document", type=pathlib.Path)
    parser.add_argument("--build", type=pathlib.Path, required=True,
                        help="the build that is installed for it")
    parser.add_argument("--cmake", default="cmake")
    parser.add_argument("--libraries", default="lib", help="its folder of libraries below that")
    parser.add_argument("--launcher", default="", help="the compiler's launcher, ccache say")
    arguments = parser.parse_args()

    missing = [name for name in ("haproxy", "redis-server")
               if not shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")]
    with tempfile.TemporaryDirectory(prefix="getting-started-") as folder:
        root = pathlib.Path(folder)
        work = root / "work"
        tools = root / "tools"
        for new in (work, tools, root / "scripts"):
            new.mkdir()
        if not shutil.which("curl"):
            (tools / "curl").symlink_to(pathlib.Path(__file__).resolve().with_name("curl.py"))
        where = root / "where"
        where.write_text(f"{work}\n", encoding="utf-8")

        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith(("LVT_", "REDIS_"))}
        environment["PATH"] = f"{tools}:{environment['PATH']}:/usr/sbin"
        prefix = root / "prefix"
        # What the two packages hold.
        for component in ("Library", "Development"):
            subprocess.run([arguments.cmake, "--install", str(arguments.build), "--component",
                            component, "--prefix", str(prefix)],
                           check=True, stdout=subprocess.DEVNULL)
        environment["CMAKE_PREFIX_PATH"] = str(prefix)
        # What is installed has no path to libraries in places that a system does not know.
        environment["LD_LIBRARY_PATH"] = str(prefix / arguments.libraries)
        if arguments.launcher:
            environment["CMAKE_CXX_COMPILER_LAUNCHER"] = arguments.launcher

        replacements = [*zip(PORTS, free_ports(len(PORTS))), ("/usr/local", str(root / "local")),
                        ("CMAKE_BUILD_TYPE=Release", "CMAKE_BUILD_TYPE=Debug")]
        followed = 0
        for script in follow.write_scripts(arguments.document, root / "scripts", where,
                                           replacements):
            if "network" in script.name:
                # The second one installs what the steps after it need.
                if followed and missing:
                    print(f"There is no {' and no '.join(missing)}: the last steps are left out.")
                    break
                continue
            subprocess.run(["bash", str(script)], check=True, env=environment, stdin=subprocess.DEVNULL)
            followed += 1
        if not followed:
            print("The document has no steps: is it the right one?")
            return 1
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (subprocess.CalledProcessError, follow.markdown.MarkdownError) as error:
        sys.exit(str(error))
