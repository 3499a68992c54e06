#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
# SPDX-License-Identifier: MIT

"""The few options of curl that the documents use, for build environments without curl."""

import argparse
import http.cookiejar
import pathlib
import sys
import urllib.error
import urllib.request

parser = argparse.ArgumentParser()
parser.add_argument("--silent", action="store_true")
parser.add_argument("--fail", action="store_true")
parser.add_argument("--location", action="store_true")
parser.add_argument("--cookie-jar", type=pathlib.Path)
parser.add_argument("--cookie", type=pathlib.Path)
parser.add_argument("--data")
parser.add_argument("url")
arguments = parser.parse_args()

jar = http.cookiejar.MozillaCookieJar()
if arguments.cookie and arguments.cookie.exists():
    jar.load(str(arguments.cookie), ignore_discard=True)
# It follows every redirect, which curl does when it is told to by --location.
opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
data = None if arguments.data is None else arguments.data.encode()
try:
    with opener.open(arguments.url, data, timeout=30) as answer:
        sys.stdout.write(answer.read().decode())
except urllib.error.HTTPError as error:
    if arguments.fail:
        sys.exit(22)
    sys.stdout.write(error.read().decode())
except urllib.error.URLError as error:
    print(error.reason, file=sys.stderr)
    sys.exit(7)
if arguments.cookie_jar:
    jar.save(str(arguments.cookie_jar), ignore_discard=True)
