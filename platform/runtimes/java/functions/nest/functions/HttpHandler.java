// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.functions;

/** A function in its HTTP form: bodies are streams, without a limit on their size. */
@FunctionalInterface
public interface HttpHandler {
    Response fetch(Request request, Context context) throws Exception;
}
