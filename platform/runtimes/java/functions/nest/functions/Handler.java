// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.functions;

/**
 * A function in its event form: the class that the manifest names implements it, or has a public method of the name
 * that the manifest gives, with the same parameters or fewer.
 *
 * <p>What it returns becomes the answer: null 204; a String text; byte[] octets; an InputStream, Iterator or Stream
 * in chunks; a {@link Response} as it is; a Map of nothing but status, headers, body and isBase64 that response;
 * anything else JSON.
 *
 * <p>One object serves all requests, many at once. At the time limit its thread is interrupted.
 */
@FunctionalInterface
public interface Handler {
    Object handle(Event event, Context context) throws Exception;
}
