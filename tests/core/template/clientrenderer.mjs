// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// The browser client's own tree renderer, as a filter: reads one JSON line per case, an array of
// the trees that one connection is sent, and writes one with the HTML held after each.

import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(import.meta.url);
const { TreeRenderer } = require(process.argv[2]);
const silent = { debug() {}, info() {}, warn() {}, error() {} };

for await (const line of createInterface({ input: process.stdin })) {
    const renderer = new TreeRenderer(silent);
    const held = JSON.parse(line).map((tree) => renderer.applyUpdate(tree).html);
    process.stdout.write(JSON.stringify(held) + '\n');
}
