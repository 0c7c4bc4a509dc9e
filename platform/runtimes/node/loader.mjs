// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Loads the user's module and finds the handler in it.
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const usualNames = ['handler', 'default', 'fetch'];

/**
 * {form: 'event' | 'web', call}: call(event, context) or call(request, context).
 * handler names an export. Without one, and for `handler`, which is what a manifest says when nobody chose a
 * name, `handler`, `default` and `fetch` are tried in this order.
 */
export async function loadHandler(codeDir, entry, handler) {
    const path = resolve(codeDir, entry);
    let module;
    try {
        module = await import(pathToFileURL(path).href);
    } catch (error) {
        throw await withLocation(error, path, codeDir);
    }
    // The names of a CommonJS module that Node could not see are on its default export.
    const find = (name) => module[name] ?? module.default?.[name];
    for (const name of handler && handler !== 'handler' ? [handler] : usualNames) {
        const found = find(name);
        if (typeof found === 'function') {
            return { form: name === 'fetch' ? 'web' : 'event', call: found };
        }
        if (typeof found?.fetch === 'function') {
            return { form: 'web', call: found.fetch.bind(found) };
        }
    }
    const exported = Object.keys(module).join(', ') || 'nothing';
    throw new Error(`${entry} exports no function '${handler || 'handler'}'; it exports ${exported}.`);
}

const frame = /(?:file:\/\/)?(\/[^\s():]+):(\d+)(?::\d+)?/;

/** The first place in the user's own files that the text names. */
export function userLocation(text, codeDir) {
    for (const line of String(text).split('\n')) {
        const match = frame.exec(line);
        if (match !== null && match[1].startsWith(codeDir + '/')) {
            return { file: match[1].slice(codeDir.length + 1), line: Number(match[2]) };
        }
    }
    return {};
}

async function withLocation(error, path, codeDir) {
    const shown = error instanceof Error ? error : new Error(String(error));
    let place = userLocation(shown.stack, codeDir);
    if (shown instanceof SyntaxError && place.file === undefined) {
        const report = await reportOfSecondTry(path);
        place = userLocation(report, codeDir);
        if (place.file !== undefined) {
            shown.stack = report;
        }
    }
    return Object.assign(shown, place);
}

// Node tells where a syntax error is only when it dies of it. Nothing of the module runs twice: it could
// not even be linked.
function reportOfSecondTry(path) {
    const script = 'import(process.argv[1])';
    const options = { timeout: 3000, env: { PATH: process.env.PATH } };
    return new Promise((done) => {
        execFile(process.execPath, ['-e', script, pathToFileURL(path).href], options,
            (_error, _output, errors) => done(errors));
    });
}
