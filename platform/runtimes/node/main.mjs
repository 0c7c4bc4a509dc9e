// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Node guest: an HTTP/1.1 server on the listening Unix socket that it inherits as descriptor 3.
//
// Protocol
//   GET  /_nest/health      -> 200 {status, processStartUnixMs, listeningUnixMs, loadMs, node, isRehearsed}
//                              status: "generic" | "loading" | "ready" | "failed" | "draining"
//                              before specialise: when it has rehearsed specialising and answering
//   POST /_nest/specialise     {codeDir, entry, handler, environment, secrets, version, function, group, instance,
//                               timeoutSeconds}
//                           -> 200, the health document, when the user's module is loaded
//                              500, a problem document with detail, stack, file, line, when it is not
//                              409 the second time: one process is one version of one function
//   anything else           -> the function, as plain HTTP/1.1; 503 before specialise
// Requests that come before this process exists wait in the socket's backlog.
//
// Answers of the guest itself are problem documents (RFC 9457) with type /problems/runtime/…:
//   handler-error  500  the handler threw                       uncaught     500  then the process exits 1
//   timeout        504  no answer within timeoutSeconds         bad-body     400  JSON that is none
//   body-too-large 413  (handler form only)                     not-ready    503
// The time limit covers the time until the response begins, not a stream after that.
//
// With NEST_PRELOAD /code/.nest-preload.mjs is loaded before it listens: it imports the modules of a pool.
//
// Where the machine allows no file system of the process's own, NEST_AT_CODE and NEST_AT_RUN_NEST name the folders
// that are at /code and /run/nest elsewhere, and TMPDIR the one that may be written.
//
// Output: each line on stdout that the guest writes is a JSON object {time, severity, message, requestId?,
// …}; what user code writes to process.stdout by itself passes as it is.
// SIGTERM: no new connections, answers in flight are finished, exit 0.
import { pathToFileURL } from 'node:url';
import { log, captureConsole } from './log.mjs';
import { createGuest } from './server.mjs';

const listenerDescriptor = Number(process.env.NEST_LISTEN_FD ?? 3);

captureConsole();
const guest = createGuest();

function fatal(kind) {
    return (error) => {
        const shown = error instanceof Error ? error : new Error(String(error));
        log('critical', `${kind}: ${shown.message}`, { stack: shown.stack });
        guest.failAll(shown).then(() => process.exit(1));
    };
}
process.on('uncaughtException', fatal('Uncaught exception'));
process.on('unhandledRejection', fatal('Unhandled rejection'));
process.on('SIGTERM', () => guest.drain().then(() => process.exit(0)));

if (process.env.NEST_PRELOAD) {
    delete process.env.NEST_PRELOAD;
    try {
        await import(pathToFileURL(`${process.env.NEST_AT_CODE ?? '/code'}/.nest-preload.mjs`)); // from there a name means what it means to the function
    } catch (error) {
        log('critical', `A module could not be loaded ahead: ${error.message}`, { stack: error.stack });
        process.exit(1);
    }
}
guest.listen({ fd: listenerDescriptor });
