// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.guest;

import nest.functions.Event;
import nest.functions.Request;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The process: its state, what the platform asks of it, and requests to the function. */
final class Guest {
    /** A process that nobody ever speaks to has lost its keeper; one of a pool is asked for its health, then waits. */
    private static final int SILENCE_LIMIT_SECONDS = 60;
    private static final int FAREWELL_MILLISECONDS = 500; // for the last answers after an uncaught error
    private static final int LONGEST_FAREWELL_SECONDS = 60;

    private final ServerSocketChannel listener;
    private final CountDownLatch leave = new CountDownLatch(1);
    private final Map<Connection, Boolean> connections = new ConcurrentHashMap<>();
    private final Watchdog watchdog = new Watchdog(this);
    private volatile String status = "generic";
    private volatile Spec spec = Spec.none();
    private volatile Function function;
    private volatile boolean isKnown; // the platform has spoken to it
    private volatile boolean isExpected; // its end is
    private long listeningUnixMs;
    private double loadMs;

    Guest(ServerSocketChannel listener) {
        this.listener = listener;
    }

    /** Until SIGTERM, then until the last answer is sent. */
    void run() throws InterruptedException, IOException {
        start();
        if (!leave.await(SILENCE_LIMIT_SECONDS, TimeUnit.SECONDS) && !isKnown) {
            end(1);
        }
        leave.await();
        status = "draining";
        listener.close();
        connections.keySet().forEach(Connection::drain);
        synchronized (connections) {
            while (!connections.isEmpty()) {
                connections.wait();
            }
        }
        end(0);
    }

    void start() {
        Log.captureOutput();
        sun.misc.Signal.handle(new sun.misc.Signal("TERM"), signal -> leave.countDown());
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, error) -> Log.write("error", "A thread ended with an error: " + error, error));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::onExit));
        String ahead = System.getenv("NEST_PRELOAD");
        if (ahead != null && !ahead.isBlank()) {
            Preload.run(ahead.strip());
        }
        listeningUnixMs = System.currentTimeMillis();
        Thread.ofPlatform().daemon().name("accept").start(this::acceptAll);
    }

    private void acceptAll() {
        while (listener.isOpen()) {
            try {
                accept(listener.accept());
            } catch (IOException error) {
                pause(); // closed, as it drains; or too many files are open
            }
        }
    }

    private void accept(SocketChannel channel) {
        Connection connection = new Connection(this, channel);
        connections.put(connection, true);
        Thread.ofVirtual().start(connection);
        if (isDraining()) {
            connection.drain(); // drain() may have been through before
        }
    }

    void forget(Connection connection) {
        connections.remove(connection);
        if (isDraining()) {
            synchronized (connections) {
                connections.notifyAll();
            }
        }
    }

    boolean isDraining() {
        return status.equals("draining");
    }

    String timeLimitText() {
        double seconds = spec.timeoutSeconds();
        return seconds == Math.rint(seconds) ? String.valueOf((long) seconds) : String.valueOf(seconds);
    }

    private void end(int code) {
        isExpected = true;
        Runtime.getRuntime().halt(code);
    }

    /** A thread is lost in a handler: the platform is to start another process instead of this one. */
    void stuck() {
        status = "draining";
        Thread.ofPlatform().daemon().start(() -> {
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_FAREWELL_SECONDS);
            while (System.nanoTime() < limit && !onlyLostAreLeft()) {
                pause();
            }
            end(1);
        });
    }

    private boolean onlyLostAreLeft() {
        for (Invocation each : watchdog.inFlight()) {
            if (!each.isLost()) {
                return false;
            }
        }
        return true;
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
        }
    }

    /** System.exit() of user code: what is in flight is answered with a problem. */
    private void onExit() {
        if (isExpected) {
            return;
        }
        Invocation[] waiting = watchdog.inFlight();
        if (waiting.length > 0) {
            Log.write("critical", "The function ended the process.");
            for (Invocation each : waiting) {
                each.answerInstead(Reply.problem(500, "uncaught", "The function ended with an uncaught error",
                        "It called System.exit()."));
            }
            try {
                Thread.sleep(FAREWELL_MILLISECONDS);
            } catch (InterruptedException error) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // What the platform asks

    private Map<String, Object> health() {
        isKnown = true;
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("status", status);
        health.put("java", System.getProperty("java.version"));
        health.put("processStartUnixMs", ProcessStart.unixMs());
        health.put("listeningUnixMs", listeningUnixMs);
        health.put("loadMs", loadMs);
        return health;
    }

    private synchronized Reply specialise(String text) {
        if (!status.equals("generic")) {
            return Reply.problem(409, "already-specialised", "Already specialised", "The process is " + status + ".");
        }
        status = "loading";
        Path codeDir = Path.of("/code");
        try {
            Spec given = Spec.parse(text);
            codeDir = Path.of(given.codeDir());
            spec = given;
            long began = System.nanoTime();
            function = Function.load(codeDir, given.entry(), given.handler());
            loadMs = (System.nanoTime() - began) / 1e6;
            status = "ready";
            return Reply.json(health());
        } catch (Throwable error) {
            status = "failed";
            String stack = Log.stackOf(error);
            Log.write("error", "The function could not be loaded: " + error, Map.of("stack", stack), null);
            Map<String, Object> more = new LinkedHashMap<>();
            more.put("stack", stack);
            more.putAll(Function.placeOf(error, codeDir));
            return Reply.problem(500, "load-error", "The function could not be loaded", wordsOf(error), more);
        }
    }

    /** "IllegalStateException: no such order" */
    private static String wordsOf(Throwable error) {
        String name = error.getClass().getSimpleName();
        return error.getMessage() == null ? name : name + ": " + error.getMessage();
    }

    /** In the thread of the connection. */
    void answer(Connection connection) throws IOException, BadRequest {
        String target = connection.target();
        if (target.startsWith("/_nest/")) {
            boolean isHealth = connection.method().equals("GET") && target.equals("/_nest/health");
            if (isHealth) {
                connection.send(Reply.json(health()));
                if (status.equals("generic")) {
                    Warming.run(watchdog);
                }
            } else if (connection.method().equals("POST") && target.equals("/_nest/specialise")) {
                connection.send(specialise(new String(connection.readWholeBody(), StandardCharsets.UTF_8)));
            } else {
                connection.send(Reply.problem(404, "no-such-route", "No such route",
                        connection.method() + ' ' + target));
            }
        } else if (function == null) {
            connection.send(Reply.problem(503, "not-ready", "The function is not loaded",
                    "The process is " + status + "."));
        } else {
            invoke(connection);
        }
    }

    // What clients ask

    private void invoke(Connection connection) throws IOException {
        Map<String, String> headers = connection.headers();
        String requestId = headers.getOrDefault("nest-request-id", headers.get("x-request-id"));
        if (requestId == null) {
            requestId = newId();
        }
        long nanos = (long) (spec.timeoutSeconds() * 1e9);
        Invocation invocation = new Invocation(connection, requestId, System.nanoTime() + nanos);
        watchdog.watch(invocation);
        Log.setRequest(requestId);
        Thread.currentThread().setContextClassLoader(function.loader());
        try {
            invocation.send(replyOf(invocation, Instant.now().plusNanos(nanos)));
        } finally {
            Log.endRequest();
            watchdog.forget(invocation);
        }
    }

    /** Not UUID.randomUUID(): its source of randomness takes long to load, and nothing depends on this one. */
    private static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private Reply replyOf(Invocation invocation, Instant deadline) throws IOException {
        try {
            return Answers.of(valueOf(invocation, new GuestContext(spec, invocation.requestId, deadline,
                    invocation.connection.headers())));
        } catch (BadRequest error) {
            return error.reply();
        } catch (Throwable error) {
            if (!invocation.isOver()) {
                Log.write("error", "The handler threw " + wordsOf(error), error);
            }
            return Reply.problem(500, "handler-error", "The handler threw an error", wordsOf(error));
        }
    }

    private Object valueOf(Invocation invocation, GuestContext context) throws Throwable {
        Connection connection = invocation.connection;
        Event event = null;
        Request request = null;
        if (function.isHttp()) {
            request = new Request(connection.method(), connection.target(), connection.headers(), connection.body());
        } else {
            event = Events.of(connection.method(), connection.target(), connection.headers(), invocation.requestId,
                    connection.readWholeBody());
        }
        invocation.enter();
        try {
            Object value = function.call(event, request, context);
            return value instanceof CompletionStage<?> later ? later.toCompletableFuture().get() : value;
        } catch (ExecutionException error) {
            throw error.getCause() == null ? error : error.getCause();
        } finally {
            invocation.leave();
        }
    }
}
