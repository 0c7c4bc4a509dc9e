// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Modules that export fetch(request): Node's request as a Web Request, streamed.
import { Readable } from 'node:stream';

export function makeWebRequest(request, signal) {
    const headers = new Headers();
    for (let i = 0; i < request.rawHeaders.length; i += 2) {
        headers.append(request.rawHeaders[i], request.rawHeaders[i + 1]);
    }
    const url = `http://${request.headers.host ?? 'function'}${request.url}`;
    const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
    return new Request(url, {
        method: request.method,
        headers,
        signal,
        ...(hasBody ? { body: Readable.toWeb(request), duplex: 'half' } : {}),
    });
}
