// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.guest;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** Answers for handlers whose time is over, and finds those that do not end then. One thread, not a virtual one. */
final class Watchdog {
    /** After the time limit, until a handler that ignores its interrupt costs the process. */
    static final long GRACE_NANOS = 3_000_000_000L;

    private final Guest guest;
    private final Set<Invocation> all = new LinkedHashSet<>();
    // All have the same time limit, so these are in the order of their ends.
    private final Set<Invocation> live = new LinkedHashSet<>();
    private final Set<Invocation> late = new LinkedHashSet<>();
    private boolean isStarted;

    Watchdog(Guest guest) {
        this.guest = guest;
    }

    synchronized void watch(Invocation invocation) {
        all.add(invocation);
        live.add(invocation);
        if (!isStarted) {
            isStarted = true;
            Thread.ofPlatform().daemon().name("watchdog").start(this::run);
        } else if (live.size() == 1) {
            notifyAll();
        }
    }

    synchronized void forget(Invocation invocation) {
        all.remove(invocation);
        live.remove(invocation);
        late.remove(invocation);
        if (all.isEmpty()) {
            notifyAll();
        }
    }

    synchronized Invocation[] inFlight() {
        return all.toArray(Invocation[]::new);
    }

    private void run() {
        while (true) {
            try {
                Invocation due = next();
                if (due != null) {
                    timeOver(due);
                }
            } catch (InterruptedException error) {
                return;
            }
        }
    }

    /** The one whose time, or grace, is over; null: look again. */
    private synchronized Invocation next() throws InterruptedException {
        long now = System.nanoTime();
        long wait = Long.MAX_VALUE;
        Iterator<Invocation> lateOnes = late.iterator();
        if (lateOnes.hasNext()) {
            Invocation first = lateOnes.next();
            wait = first.deadlineNanos + GRACE_NANOS - now;
            if (wait <= 0) {
                return first;
            }
        }
        Iterator<Invocation> liveOnes = live.iterator();
        if (liveOnes.hasNext()) {
            Invocation first = liveOnes.next();
            wait = Math.min(wait, first.deadlineNanos - now);
            if (first.deadlineNanos - now <= 0) {
                live.remove(first);
                late.add(first);
                return first;
            }
        }
        if (wait == Long.MAX_VALUE) {
            wait();
        } else {
            wait(wait / 1_000_000 + 1);
        }
        return null;
    }

    private void timeOver(Invocation invocation) {
        if (System.nanoTime() - invocation.deadlineNanos >= GRACE_NANOS) {
            synchronized (this) {
                late.remove(invocation);
            }
            if (invocation.isInHandler() && !guest.isDraining()) {
                Log.write("critical", "A handler went on after its time limit and did not react to its interrupt: "
                        + "this instance is replaced.", java.util.Map.of(), invocation.requestId);
                guest.stuck();
            }
            return;
        }
        if (invocation.isOver()) {
            return; // its answer is on the way
        }
        String detail = "No answer within " + guest.timeLimitText()
                + " s. Answer sooner or raise the function's timeout.";
        Log.write("error", detail, java.util.Map.of(), invocation.requestId);
        invocation.answerInstead(Reply.problem(504, "timeout", "The function did not answer in time", detail));
        invocation.interrupt();
    }
}
