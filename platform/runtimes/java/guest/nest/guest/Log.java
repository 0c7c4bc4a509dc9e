// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.guest;

import nest.functions.Json;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Log lines as JSON, each with the id of the request it was written in; what user code prints becomes one too.
 *
 * <p>Written to the output as it was at the start, whatever becomes of System.out and of descriptor 1: Java puts
 * /dev/null there when it closes the socket that it inherited.
 */
final class Log {
    /** Of the thread, and of those that it starts. */
    private static final ThreadLocal<String> REQUEST = new InheritableThreadLocal<>();
    private static final ReentrantLock LOCK = new ReentrantLock(); // not a monitor: that would pin a virtual thread
    private static final int LONGEST_LINE = 64 * 1024;
    private static final OutputStream OUTPUT = openOutput();

    private Log() {}

    private static OutputStream openOutput() {
        try {
            return new FileOutputStream("/proc/self/fd/1");
        } catch (IOException error) {
            return new FileOutputStream(FileDescriptor.out);
        }
    }

    private static final Lines OUT = new Lines("info");
    private static final Lines ERR = new Lines("warning");

    static void setRequest(String requestId) {
        REQUEST.set(requestId);
    }

    /** What was printed without an end of its line is a line, too. */
    static void endRequest() {
        OUT.end();
        ERR.end();
        REQUEST.remove();
    }

    static void write(String severity, String message) {
        write(severity, message, Map.of(), null);
    }

    static void write(String severity, String message, Throwable error) {
        write(severity, message, Map.of("stack", stackOf(error)), null);
    }

    /** requestId null: the thread's. */
    static void write(String severity, String message, Map<String, ?> fields, String requestId) {
        Map<String, Object> line = new LinkedHashMap<>(fields);
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        own.put("severity", severity);
        own.put("message", message);
        String id = requestId == null ? REQUEST.get() : requestId;
        if (id != null) {
            own.put("requestId", id);
        }
        line.putAll(own);
        String text;
        try {
            text = Json.write(line);
        } catch (RuntimeException error) { // what the user's fields hold must not lose the message
            own.put("fieldsLost", String.valueOf(error.getMessage()));
            text = Json.write(own);
        }
        byte[] data = Reply.bytes(text + '\n');
        LOCK.lock();
        try {
            OUTPUT.write(data);
        } catch (IOException error) {
            // nobody reads any more
        } finally {
            LOCK.unlock();
        }
    }

    static String stackOf(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    /** System.out and System.err become lines, of info and warning. */
    static void captureOutput() {
        System.setOut(new PrintStream(OUT, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(ERR, true, StandardCharsets.UTF_8));
        System.setIn(java.io.InputStream.nullInputStream());
    }

    /** One line of text, one line of the log; a part of a line is kept by its thread. */
    private static final class Lines extends OutputStream {
        private final String severity;
        private final ThreadLocal<java.io.ByteArrayOutputStream> open =
                ThreadLocal.withInitial(java.io.ByteArrayOutputStream::new);

        Lines(String severity) {
            this.severity = severity;
        }

        void end() {
            if (open.get().size() > 0) {
                Log.write(severity, open.get().toString(StandardCharsets.UTF_8));
            }
            open.remove();
        }

        @Override
        public void write(int each) {
            write(new byte[] {(byte) each}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            java.io.ByteArrayOutputStream line = open.get();
            int begin = from;
            for (int i = from; i < from + count; ++i) {
                if (bytes[i] == '\n' || line.size() + i - begin >= LONGEST_LINE) {
                    line.write(bytes, begin, i - begin);
                    Log.write(severity, line.toString(StandardCharsets.UTF_8));
                    line.reset();
                    begin = bytes[i] == '\n' ? i + 1 : i;
                }
            }
            line.write(bytes, begin, from + count - begin);
        }
    }
}
