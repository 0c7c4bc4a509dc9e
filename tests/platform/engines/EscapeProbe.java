// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Tries to reach what a function must not; tells of each attempt "refused" or "allowed". Run by tst_javaescape.

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

public class EscapeProbe {
    private interface Attempt {
        /** False, or what it throws: it was refused. */
        boolean succeeds() throws Exception;
    }

    private final Map<String, String> results = new TreeMap<>();

    public Object handler(Map<String, Object> event) {
        @SuppressWarnings("unchecked")
        Map<String, Object> query = (Map<String, Object>) event.get("query");
        String host = (String) query.get("host"); // a folder of the host, with the keeper's sockets
        for (String path : List.of("/etc/shadow", "/etc/passwd", "/etc/ssl/private", "/root", "/home", "/var", "/boot",
                "/sys/class", "/run/user", host, host + "/keeper.sock")) {
            attempt("read " + path.replace(host, "HOST"), () -> new File(path).exists() && readable(path));
        }
        for (String path : List.of("/x", "/usr/bin/x", "/code/x", "/nest/x", "/run/x", "/dev/shm/x",
                "/proc/sys/kernel/core_pattern", "/proc/1/oom_score_adj", "/sys/x")) {
            attempt("write " + path, () -> {
                Files.writeString(Path.of(path), "x");
                return true;
            });
        }
        attempt("change the guest's jar", () -> new File("/nest/nest-guest.jar").setWritable(true));
        attempt("TCP to the host", () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", 22), 500);
            } catch (java.net.ConnectException error) {
                return !String.valueOf(error.getMessage()).contains("not supported");
            }
            return true;
        });
        attempt("listen on TCP", () -> ServerSocketChannel.open(StandardProtocolFamily.INET).isOpen());
        attempt("listen on TCP 6", () -> ServerSocketChannel.open(StandardProtocolFamily.INET6).isOpen());
        attempt("UDP", () -> DatagramChannel.open().isOpen());
        attempt("look up a name", () -> InetAddress.getByName("example.com") != null);
        attempt("the keeper's socket", () -> SocketChannel.open(UnixDomainSocketAddress.of(host + "/keeper.sock"))
                .isOpen());
        attempt("see processes of the host", () -> ProcessHandle.allProcesses().count() > 5);
        attempt("environment of process 1", () -> Files.readAllBytes(Path.of("/proc/1/environ")).length > 0);
        attempt("inherited descriptors", () -> {
            String[] open = new File("/proc/self/fd").list();
            for (String each : open == null ? new String[0] : open) {
                String to = target("/proc/self/fd/" + each);
                boolean isKnown = to.startsWith("pipe:") || to.startsWith("socket:") || to.startsWith("anon_inode:")
                        || to.startsWith("/usr/") || to.startsWith("/nest/") || to.startsWith("/code/")
                        || to.startsWith("/proc/") || to.startsWith("/dev/") || to.isEmpty();
                if (!isKnown) {
                    throw new IllegalStateException("open: " + to);
                }
            }
            return false;
        });
        attempt("a new user namespace", () -> run("unshare", "--user", "true") == 0);
        attempt("mount", () -> run("mount", "-t", "tmpfs", "none", "/tmp") == 0);
        attempt("the classes of the guest", () -> Class.forName("nest.guest.Guest") != null);
        attempt("the guest's class path by reflection", () -> {
            Field parent = ClassLoader.class.getDeclaredField("parent");
            parent.setAccessible(true);
            return true;
        });
        return results;
    }

    private static boolean readable(String path) throws IOException {
        File file = new File(path);
        if (file.isDirectory()) {
            String[] names = file.list();
            return names != null && names.length > 0;
        }
        return Files.readAllBytes(Path.of(path)).length >= 0;
    }

    private static String target(String link) {
        try {
            return Files.readSymbolicLink(Path.of(link)).toString();
        } catch (IOException error) {
            return "";
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor(2, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    private void attempt(String name, Attempt attempt) {
        String result;
        try {
            result = attempt.succeeds() ? "allowed" : "refused";
        } catch (IllegalStateException error) {
            result = "allowed: " + error.getMessage();
        } catch (Exception | LinkageError error) {
            result = "refused";
        }
        results.put(name, result);
    }
}
