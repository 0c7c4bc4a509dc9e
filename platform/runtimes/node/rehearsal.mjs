// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The function of a rehearsal, see rehearse() in server.mjs.

export function handler(event) {
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: event.method };
}
