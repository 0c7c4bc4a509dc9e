// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A function of tst_network that uses its network as it is told to: ?do=…
import { execFileSync } from 'node:child_process';
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import net from 'node:net';

const granted = () => ({ host: process.env.PEER_HOST, port: Number(process.env.PEER_PORT) });
let kept; // a connection that outlives the request which opened it

/// Sends text, ends its own direction, gives what comes back until the other side ends.
function talk(where, text) {
    return new Promise((done, fail) => {
        const parts = [];
        const socket = net.connect({ ...where, allowHalfOpen: true }, () => socket.end(text));
        socket.on('data', (part) => parts.push(part));
        socket.on('end', () => done(Buffer.concat(parts)));
        socket.on('error', fail);
    });
}

/// So many connections at once. What is one too many may be reset before we have seen that it was made.
const open = async (count) => (await Promise.all(Array.from({ length: Number(count) }, () => new Promise((done) => {
    const socket = net.connect(granted(), () => done([socket]));
    socket.on('error', () => done([]));
})))).flat();

const answerOf = (socket) => new Promise((done, fail) => {
    socket.once('data', (part) => done(String(part)));
    socket.once('error', fail);
    socket.once('close', () => fail(new Error('closed')));
});

const python = (code) => execFileSync('/usr/bin/python3', ['-S', '-c', code], { encoding: 'utf8' });

/// PostgreSQL's protocol by hand: scram-sha-256, one simple query, the first column of the first row.
function sql(text, password) {
    const message = (type, ...parts) => {
        const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
        const head = Buffer.alloc(type.length + 4);
        head.write(type);
        head.writeInt32BE(body.length + 4, type.length);
        return Buffer.concat([head, body]);
    };
    const hmac = (key, what) => createHmac('sha256', key).update(what).digest();
    const number = (value) => { const bytes = Buffer.alloc(4); bytes.writeInt32BE(value); return bytes; };
    const nonce = randomBytes(18).toString('base64');
    const first = `n=,r=${nonce}`;
    let value = '';
    let problem;
    let bytes = Buffer.alloc(0);
    return new Promise((done, fail) => {
        const socket = net.connect(granted(), () => {
            socket.write(message('', number(196608), 'user\0orders\0database\0postgres\0\0'));
        });
        const authenticate = (body) => {
            const kind = body.readInt32BE(0);
            if (kind === 10) {
                const text = `n,,${first}`;
                socket.write(message('p', 'SCRAM-SHA-256\0', number(text.length), text));
            } else if (kind === 11) {
                const challenge = body.toString('utf8', 4);
                const { r, s, i } = Object.fromEntries(challenge.split(',').map((part) => [part[0], part.slice(2)]));
                const salted = pbkdf2Sync(password, Buffer.from(s, 'base64'), Number(i), 32, 'sha256');
                const key = hmac(salted, 'Client Key');
                const last = `c=biws,r=${r}`;
                const signature = hmac(createHash('sha256').update(key).digest(), `${first},${challenge},${last}`);
                const proof = Buffer.from(key.map((byte, at) => byte ^ signature[at])).toString('base64');
                socket.write(message('p', `${last},p=${proof}`));
            }
        };
        let isAsked = false;
        const take = (type, body) => {
            if (type === 'R') {
                authenticate(body);
            } else if (type === 'E') {
                problem = new Error(body.toString().split('\0').find((part) => part[0] === 'M').slice(1));
            } else if (type === 'D') {
                value = body.toString('utf8', 6, 6 + body.readInt32BE(2));
            } else if (type === 'Z' && !isAsked) {
                isAsked = true;
                socket.write(message('Q', text, '\0'));
            } else if (type === 'Z') {
                socket.end(message('X'));
            }
        };
        const parts = [];
        let wanted = 5;
        socket.on('data', (part) => {
            parts.push(part);
            if (bytes.length + parts.reduce((sum, each) => sum + each.length, 0) < wanted) {
                return;
            }
            bytes = Buffer.concat([bytes, ...parts.splice(0)]);
            for (wanted = 5; bytes.length >= 5;) {
                const length = bytes.readInt32BE(1) + 1;
                if (bytes.length < length) {
                    wanted = length;
                    break;
                }
                take(String.fromCharCode(bytes[0]), bytes.subarray(5, length));
                bytes = bytes.subarray(length);
            }
        });
        socket.on('error', fail);
        socket.on('close', () => (problem ? fail(problem) : done(value)));
    });
}

const deeds = {
    sql: async ({ text, password, size }) => {
        const value = await sql(text, password);
        return size ? value.length : value;
    },
    redis: async ({ text }) => {
        const words = text.split(' ');
        const socket = net.connect(granted());
        socket.write(`*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`);
        const [head, value] = (await answerOf(socket)).split('\r\n');
        socket.destroy();
        return head[0] === '$' ? value : head.slice(1);
    },
    settings: () => Object.fromEntries(Object.entries(process.env).filter(([name]) => /_(HOST|PORT)$/.test(name))),
    talk: async ({ text, name }) => String(await talk(name ? { host: process.env[`${name}_HOST`], port: Number(process.env[`${name}_PORT`]) } : granted(), text)),
    size: async () => (await talk(granted(), 'more')).length,
    checksum: async ({ bytes }) => {
        const sent = Buffer.alloc(Number(bytes), 'nest');
        return (await talk(granted(), sent)).equals(sent);
    },
    reach: ({ host, port }) => talk({ host, port: Number(port) }, 'hello').then(() => 'reached'),
    many: async ({ count }) => {
        const sockets = await open(count);
        const answers = await Promise.all(sockets.map(async (socket, i) => {
            socket.write(`number ${i}`);
            return await answerOf(socket).catch((error) => error.code ?? error.message) === `number ${i}`;
        }));
        sockets.forEach((socket) => socket.destroy());
        return answers.filter(Boolean).length;
    },
    leave: async ({ count, how }) => {
        const sockets = await open(count);
        sockets.forEach((socket) => socket[how]());
        return sockets.length;
    },
    endAndReset: ({ count }) => python(`
import os, socket, struct
where = os.environ['PEER_HOST'], int(os.environ['PEER_PORT'])
sockets = [socket.create_connection(where) for i in range(${count})]
for each in sockets:
    each.shutdown(socket.SHUT_WR)
    each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
for each in sockets:
    each.close()
print(len(sockets))`),
    keep: async () => {
        kept = net.connect(granted());
        kept.on('error', () => {});
        kept.write('first');
        return answerOf(kept);
    },
    use: async () => {
        kept.write('again');
        return answerOf(kept);
    },
    socket: ({ family, type, protocol }) => python(`import socket; socket.socket(${family}, ${type}, ${protocol ?? 0}); print("made")`),
};

export async function handler(event) {
    try {
        return { result: await deeds[event.query.do](event.query) };
    } catch (error) {
        return { error: error.code ?? String(error.stderr ?? error.message).trim().split('\n').pop() };
    }
}
