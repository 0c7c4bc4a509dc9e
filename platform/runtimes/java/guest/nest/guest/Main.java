// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.guest;

import java.nio.channels.ServerSocketChannel;

/**
 * The Java guest: an HTTP/1.1 server on the listening Unix socket that it inherits, as descriptor 0, because that is
 * the one Java can take.
 *
 * <p>It speaks the protocol at the top of ../../../../node/main.mjs. What is Java's own:
 * <ul>
 * <li>A virtual thread a connection; the handler runs in it.
 * <li>At the time limit the client gets its 504 and the thread is interrupted. A handler that is still there some
 *     seconds later costs the process: it answers what is in flight and exits, and the platform starts another.
 * <li>System.exit() in a handler ends the process, as an uncaught error does in Node. So does running out of memory.
 * <li>The user's classes are in a loader of their own (/code/classes, /code/lib/*.jar) that sees the JDK and the
 *     package nest.functions, nothing of the guest's.
 * </ul>
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Guest guest = new Guest((ServerSocketChannel) System.inheritedChannel());
        guest.run();
    }
}
