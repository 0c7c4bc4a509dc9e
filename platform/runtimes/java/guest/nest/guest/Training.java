// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.guest;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs when the platform is built: goes through what a process does until its first answer, so that the JVM can archive
 * the classes which that loads. argument: a folder that holds classes/Sample.class.
 */
public final class Training {
    private static final int BUFFER_BYTES = 64 * 1024;

    private Training() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path socket = Files.createTempDirectory("nest").resolve("s");
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(socket);
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(address);
            Class.forName("nest.guest.Main");
            new Guest(listener).start();
            ask(address, "GET /_nest/health HTTP/1.1\r\nconnection: close\r\n\r\n");
            String spec = "{\"codeDir\":\"" + folder + "\",\"entry\":\"src/Sample.java\",\"handler\":\"handler\","
                    + "\"environment\":{\"A\":\"b\"},\"version\":1,\"function\":\"f\",\"group\":\"g\","
                    + "\"instance\":\"i\",\"timeoutSeconds\":10}";
            ask(address, "POST /_nest/specialise HTTP/1.1\r\nconnection: close\r\ncontent-type: application/json\r\n"
                    + "content-length: " + spec.length() + "\r\n\r\n" + spec);
            String answer = ask(address, "GET /a?b=c HTTP/1.1\r\nhost: f\r\nconnection: close\r\n\r\n");
            if (!answer.contains(" 200 ")) {
                throw new IOException(answer);
            }
        }
        Files.deleteIfExists(socket);
        Files.deleteIfExists(socket.getParent());
        System.exit(0);
    }

    private static String ask(UnixDomainSocketAddress address, String request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(address)) {
            channel.write(ByteBuffer.wrap(Reply.bytes(request)));
            StringBuilder answer = new StringBuilder();
            ByteBuffer part = ByteBuffer.allocate(BUFFER_BYTES);
            while (channel.read(part) >= 0) {
                answer.append(StandardCharsets.UTF_8.decode(part.flip()));
                part.clear();
            }
            return answer.toString();
        }
    }
}
