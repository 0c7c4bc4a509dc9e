// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.guest;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** One request on its way through the handler. Answered exactly once: by its own thread, or by the watchdog. */
final class Invocation {
    final Connection connection;
    final String requestId;
    final long deadlineNanos;
    private final Thread thread = Thread.currentThread();
    private final AtomicBoolean isTaken = new AtomicBoolean();
    private boolean isInHandler;

    Invocation(Connection connection, String requestId, long deadlineNanos) {
        this.connection = connection;
        this.requestId = requestId;
        this.deadlineNanos = deadlineNanos;
    }

    /** Somebody answers it, or has. */
    boolean isOver() {
        return isTaken.get();
    }

    /** Answered by the watchdog, and its handler still runs. */
    synchronized boolean isLost() {
        return isTaken.get() && isInHandler;
    }

    synchronized boolean isInHandler() {
        return isInHandler;
    }

    synchronized void enter() {
        isInHandler = true;
    }

    /** An interrupt that came too late is not to reach the next request. */
    synchronized void leave() {
        isInHandler = false;
        Thread.interrupted();
    }

    synchronized void interrupt() {
        if (isInHandler) {
            thread.interrupt();
        }
    }

    /** In the thread of the handler. */
    void send(Reply reply) throws IOException {
        if (isTaken.compareAndSet(false, true)) {
            connection.send(reply);
        } else {
            connection.closeAfterwards();
        }
    }

    /** In another thread, when the handler has not answered yet. */
    void answerInstead(Reply reply) {
        if (isTaken.compareAndSet(false, true)) {
            connection.closeAfterwards();
            try {
                connection.send(reply);
            } catch (IOException error) {
                // the client has left
            }
        }
    }
}
