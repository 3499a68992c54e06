// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// What the browser client's own analysis finds in a tree (PROTOCOL.md D.1): reads the tree from its
// standard input, and writes the fields that it would wire by themselves, each with how.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { ChangeAutoWirer } = require(process.argv[2]);
const silent = { debug() {}, info() {}, warn() {}, error() {} };

const wirer = new ChangeAutoWirer({ getWrapperElement: () => null, send() {} }, silent);
wirer.analyzeStatics(JSON.parse(readFileSync(0, 'utf8')));
process.stdout.write(JSON.stringify(Object.fromEntries(wirer.getBoundFields())));
