// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.guest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One client's HTTP/1.1, in a virtual thread of its own: reads requests, writes replies. The gateway before it has the
 * limits on heads and idle times; these here only keep a broken client from costing the process.
 */
final class Connection implements Runnable {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int MOST_HEAD_BYTES = 256 * 1024;
    private static final int MOST_IGNORED_BYTES = 256 * 1024; // of a body that the handler did not read

    private final Guest guest;
    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private volatile boolean isBusy;
    private volatile boolean isClosing;
    private String method = "";
    private String target = "";
    private Map<String, String> headers = Map.of();
    private Body body;

    Connection(Guest guest, SocketChannel channel) {
        this.guest = guest;
        this.channel = channel;
    }

    String method() {
        return method;
    }

    String target() {
        return target;
    }

    Map<String, String> headers() {
        return headers;
    }

    InputStream body() {
        return body;
    }

    void closeAfterwards() {
        isClosing = true;
    }

    /** What it has received is still served. */
    void drain() {
        if (!isBusy) {
            try {
                channel.shutdownInput();
            } catch (IOException error) {
                // it is closed
            }
        }
    }

    @Override
    public void run() {
        try {
            while (!isClosing && readHead()) {
                isBusy = true;
                serve();
                if (!isClosing && !body.skipRest()) {
                    isClosing = true;
                }
                isBusy = false;
                isClosing = isClosing || guest.isDraining();
            }
        } catch (IOException error) {
            // the client has left
        } finally {
            try {
                channel.close();
            } catch (IOException error) {
                // as well
            }
            guest.forget(this);
        }
    }

    private void serve() throws IOException {
        try {
            body = bodyOf();
            guest.answer(this);
        } catch (BadRequest error) {
            isClosing = true;
            send(error.reply());
        }
    }

    /** False at the end of the connection. */
    private boolean readHead() throws IOException {
        String line = readLine(true);
        if (line == null) {
            return false;
        }
        isBusy = true;
        String[] parts = line.split(" ");
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            throw new IOException("no HTTP");
        }
        method = parts[0];
        target = parts[1];
        Map<String, String> found = new LinkedHashMap<>();
        int size = 0;
        for (line = readLine(false); !line.isEmpty(); line = readLine(false)) {
            size += line.length();
            int colon = line.indexOf(':');
            if (colon <= 0 || size > MOST_HEAD_BYTES) {
                throw new IOException("no HTTP");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            String before = found.get(name);
            found.put(name, before == null ? value : before + ", " + value);
        }
        headers = found;
        String connection = found.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
        if (connection.contains("close") || parts[2].equals("HTTP/1.0")) {
            isClosing = true;
        }
        return true;
    }

    private Body bodyOf() throws BadRequest, IOException {
        if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
            write(ByteBuffer.wrap(Reply.bytes("HTTP/1.1 100 Continue\r\n\r\n")));
        }
        if (headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT).contains("chunked")) {
            return new Body(-1);
        }
        String length = headers.getOrDefault("content-length", "0");
        final int mostDigits = 18;
        if (length.isEmpty() || length.length() > mostDigits || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new BadRequest(400, "bad-body", "The content-length is no number.");
        }
        return new Body(Long.parseLong(length));
    }

    byte[] readWholeBody() throws BadRequest, IOException {
        if (body.left > Events.MAX_BODY_BYTES) {
            throw tooLarge();
        }
        byte[] data = body.readNBytes(Events.MAX_BODY_BYTES);
        if (data.length == Events.MAX_BODY_BYTES && body.read() >= 0) {
            throw tooLarge();
        }
        return data;
    }

    private static BadRequest tooLarge() {
        return new BadRequest(413, "body-too-large", "The body is over " + Events.MAX_BODY_BYTES
                + " bytes. Implement HttpHandler to read it as a stream.");
    }

    private boolean fill() throws IOException {
        in.clear();
        int count = channel.read(in);
        in.flip();
        return count > 0;
    }

    private String readLine(boolean mayEnd) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (!in.hasRemaining() && !fill()) {
                if (mayEnd && line.isEmpty()) {
                    return null;
                }
                throw new EOFException();
            }
            char each = (char) (in.get() & 0xFF);
            if (each == '\n') {
                int length = line.length();
                return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
            }
            if (line.length() > MOST_HEAD_BYTES) {
                throw new IOException("a line without an end");
            }
            line.append(each);
        }
    }

    /** In the thread of the connection, or in the watchdog's while that is in a handler. */
    void send(Reply reply) throws IOException {
        boolean hasBody = reply.status() != 204 && reply.status() != 304;
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(reply.status()).append(' ')
                .append(phrase(reply.status())).append("\r\n");
        for (Map.Entry<String, String> header : reply.headers()) {
            boolean isOurs = header.getKey().equals("content-length") || header.getKey().equals("transfer-encoding")
                    || header.getKey().equals("connection");
            if (!isOurs) {
                head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
            }
        }
        if (hasBody && reply.stream() != null) {
            head.append("transfer-encoding: chunked\r\n");
        } else if (hasBody) {
            head.append("content-length: ").append(reply.data().length).append("\r\n");
        }
        if (isClosing || guest.isDraining()) {
            isClosing = true;
            head.append("connection: close\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        boolean writesBody = hasBody && !method.equals("HEAD");
        if (reply.stream() != null) {
            write(ByteBuffer.wrap(start));
            if (writesBody) {
                stream(reply.stream());
            }
            return;
        }
        ByteBuffer all = ByteBuffer.allocate(start.length + (writesBody ? reply.data().length : 0));
        all.put(start);
        if (writesBody) {
            all.put(reply.data());
        }
        write(all.flip());
    }

    private void stream(Reply.Stream stream) throws IOException {
        Chunks chunks = new Chunks();
        try {
            stream.writeTo(chunks);
            chunks.close();
        } catch (ClientLeft error) {
            throw error;
        } catch (Throwable error) { // the client must see that the body is cut
            isClosing = true;
            Log.write("error", "The stream broke off: " + error, error);
        }
    }

    private void write(ByteBuffer data) throws IOException {
        while (data.hasRemaining()) {
            channel.write(data);
        }
    }

    private static String phrase(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 201 -> "Created";
            case 202 -> "Accepted";
            case 204 -> "No Content";
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 500 -> "Internal Server Error";
            default -> "";
        };
    }

    private static final class ClientLeft extends IOException {
        private static final long serialVersionUID = 1;

        ClientLeft(IOException cause) {
            super(cause);
        }
    }

    private final class Chunks extends OutputStream {
        @Override
        public void write(int each) throws IOException {
            write(new byte[] {(byte) each}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            if (count > 0) {
                byte[] size = Reply.bytes(Integer.toHexString(count) + "\r\n");
                ByteBuffer chunk = ByteBuffer.allocate(size.length + count + 2);
                put(chunk.put(size).put(bytes, from, count).put((byte) '\r').put((byte) '\n').flip());
            }
        }

        @Override
        public void close() throws IOException {
            put(ByteBuffer.wrap(Reply.bytes("0\r\n\r\n")));
        }

        private void put(ByteBuffer data) throws IOException {
            try {
                Connection.this.write(data);
            } catch (IOException error) {
                throw new ClientLeft(error);
            }
        }
    }

    /** The body of the present request. */
    private final class Body extends InputStream {
        private long left; // of the chunk, or of all; -1: a chunk begins
        private final boolean isChunked;
        private boolean isAtEnd;

        Body(long length) {
            left = length;
            isChunked = length < 0;
            isAtEnd = length == 0;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            if (isChunked && left <= 0 && !isAtEnd) {
                beginChunk();
            }
            if (isAtEnd) {
                return -1;
            }
            if (!in.hasRemaining() && !fill()) {
                throw new EOFException("The body ends too early.");
            }
            int taken = (int) Math.min(Math.min(count, in.remaining()), left);
            in.get(bytes, from, taken);
            left -= taken;
            if (left == 0) {
                if (isChunked) {
                    readLine(false);
                } else {
                    isAtEnd = true;
                }
            }
            return taken;
        }

        private void beginChunk() throws IOException {
            String size = readLine(false);
            int end = size.indexOf(';');
            try {
                left = Long.parseLong((end < 0 ? size : size.substring(0, end)).strip(), 16);
            } catch (NumberFormatException error) {
                throw new IOException("A chunk of the body has no size.");
            }
            if (left < 0) {
                throw new IOException("A chunk of the body has no size.");
            }
            if (left == 0) {
                while (!readLine(false).isEmpty()) {
                    continue; // trailers
                }
                isAtEnd = true;
            }
        }

        /** Up to the next request; false when that is too much. */
        boolean skipRest() throws IOException {
            byte[] nowhere = new byte[BUFFER_BYTES];
            for (int skipped = 0; !isAtEnd && skipped < MOST_IGNORED_BYTES;) {
                int count = read(nowhere, 0, nowhere.length);
                skipped += Math.max(0, count);
            }
            return isAtEnd;
        }
    }
}
