// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One function a language that tries what it is told: {files, sockets, ports} -> {"read PATH": "allowed" or
// what the machine said, "write PATH", "socket PATH", "port NUMBER"}.

namespace nest::isolation {

inline constexpr auto nodeReacher = R"(import fs from 'node:fs';
import net from 'node:net';
const tryIt = async (work) => { try { await work(); return 'allowed'; } catch (error) { return String(error.code ?? error.message); } };
const connect = (where) => new Promise((done, fail) => {
    const socket = net.connect(where, () => { socket.destroy(); done(); });
    socket.on('error', fail);
});
export async function handler(event) {
    const { files, sockets, ports } = event.body;
    const results = {};
    for (const path of files) results[`read ${path}`] = await tryIt(() => fs.statSync(path).isDirectory() ? fs.readdirSync(path) : fs.readFileSync(path));
    for (const path of files) results[`write ${path}`] = await tryIt(() => fs.appendFileSync(path, 'x'));
    for (const path of sockets) results[`socket ${path}`] = await tryIt(() => connect({ path }));
    for (const port of ports) results[`port ${port}`] = await tryIt(() => connect({ host: '127.0.0.1', port }));
    return results;
}
)";

inline constexpr auto pythonReacher = R"(import os, socket
def attempt(work):
    try:
        work()
        return 'allowed'
    except OSError as error:
        return os.strerror(error.errno) if error.errno else str(error)
def connect(path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.connect(path)
def handler(event, context):
    wanted, results = event['body'], {}
    for path in wanted['files']:
        results['read ' + path] = attempt(lambda: os.listdir(path) if os.path.isdir(path) else open(path).read())
        results['write ' + path] = attempt(lambda: open(path, 'a').close())
    for path in wanted['sockets']:
        results['socket ' + path] = attempt(lambda: connect(path))
    for port in wanted['ports']:
        results['port ' + str(port)] = attempt(lambda: socket.create_connection(('127.0.0.1', port), 2).close())
    return results
)";

inline constexpr auto javaReacher = R"(import java.net.*;
import java.nio.channels.SocketChannel;
import java.nio.file.*;
import java.util.*;
public class Reacher {
    private interface Work { void run() throws Exception; }
    private static String attempt(Work work) {
        try { work.run(); return "allowed"; } catch (Exception error) { return error.toString(); }
    }
    @SuppressWarnings("unchecked")
    public Object handler(Map<String, Object> event) {
        Map<String, Object> wanted = (Map<String, Object>) event.get("body");
        Map<String, Object> results = new TreeMap<>();
        for (Object each : (List<Object>) wanted.get("files")) {
            Path path = Path.of((String) each);
            results.put("read " + path, attempt(() -> {
                if (Files.isDirectory(path)) Files.list(path).close(); else Files.readAllBytes(path);
            }));
            results.put("write " + path, attempt(() ->
                Files.writeString(path, "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND)));
        }
        for (Object each : (List<Object>) wanted.get("sockets")) {
            results.put("socket " + each, attempt(() ->
                SocketChannel.open(UnixDomainSocketAddress.of((String) each)).close()));
        }
        for (Object each : (List<Object>) wanted.get("ports")) {
            long port = ((Number) each).longValue();
            results.put("port " + port, attempt(() -> {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress("127.0.0.1", (int) port), 2000);
                }
            }));
        }
        return results;
    }
}
)";

} // namespace nest::isolation
