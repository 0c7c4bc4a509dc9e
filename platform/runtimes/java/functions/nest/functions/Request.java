// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.functions;

import java.io.InputStream;
import java.util.Map;

/**
 * An HTTP request as it came. Header names are in lower case.
 *
 * @param target path and query, not decoded
 */
public record Request(String method, String target, Map<String, String> headers, InputStream body) {
    public String path() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    /** Null when there is none of that name. */
    public String header(String name) {
        return headers.get(name.toLowerCase(java.util.Locale.ROOT));
    }
}
