// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Parses every script of /work without running any, inside a build's box, and prints one JSON line for each
// that does not parse: {"path","line","column","message"}. Parsing happens in this process, which takes
// microseconds a file; only a file that failed is given to `node --check`, which alone tells the place in an
// ES module.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

const root = process.argv[2] ?? '/work';
const mostProblems = 20;
const checkLimitMs = 10_000;
const wrapper = ['exports', 'require', 'module', '__filename', '__dirname'];

function* scripts(folder) {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
        const file = path.join(folder, entry.name);
        if (entry.isDirectory()) {
            if (entry.name !== 'node_modules') {
                yield* scripts(file);
            }
        } else if (/\.[cm]?js$/.test(entry.name)) {
            yield file;
        }
    }
}

/// "module" or "commonjs", by the nearest package.json, as Node decides it.
function typeOf(folder) {
    try {
        return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')).type ?? 'commonjs';
    } catch {
        return folder === root ? 'module' : typeOf(path.dirname(folder));
    }
}

function parses(file) {
    const source = fs.readFileSync(file, 'utf8').replace(/^#!.*/, '');
    const isModule = file.endsWith('.mjs') || (file.endsWith('.js') && typeOf(path.dirname(file)) === 'module');
    try {
        if (isModule) {
            new vm.SourceTextModule(source, { identifier: file });
        } else {
            vm.compileFunction(source, wrapper, { filename: file });
        }
        return true;
    } catch {
        return false;
    }
}

/// Node prints "FILE:LINE", the line, a caret below the place, then "SyntaxError: …".
function problemOf(file) {
    const run = spawnSync(process.execPath, ['--check', file], { encoding: 'utf8', timeout: checkLimitMs });
    if (run.status === 0) {
        return undefined;
    }
    const lines = (run.stderr ?? '').split('\n');
    const place = lines.findIndex((line) => line.startsWith(`${file}:`));
    const message = lines.find((line) => /^\w*Error\b/.test(line)) ?? 'does not parse';
    return {
        path: path.relative(root, file),
        line: place < 0 ? 0 : Number.parseInt(lines[place].slice(file.length + 1), 10),
        column: place < 0 ? 0 : (lines[place + 2] ?? '').indexOf('^') + 1,
        message,
    };
}

let found = 0;
for (const file of scripts(root)) {
    const problem = parses(file) ? undefined : problemOf(file);
    if (problem) {
        console.log(JSON.stringify(problem));
        if (++found === mostProblems) {
            break;
        }
    }
}
