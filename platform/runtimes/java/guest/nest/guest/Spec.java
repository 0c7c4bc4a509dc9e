// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.guest;

import nest.functions.Json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What POST /_nest/specialise says. */
record Spec(String codeDir, String entry, String handler, Map<String, String> environment,
        Map<String, String> secrets, int version, String function, String group, String instance, double timeoutSeconds) {
    private static final double DEFAULT_TIMEOUT_SECONDS = 10;

    static Spec none() {
        return new Spec("/code", "", "", Map.of(), Map.of(), 0, "", "", "", DEFAULT_TIMEOUT_SECONDS);
    }

    static Spec parse(String text) {
        if (!(Json.parse(text) instanceof Map<?, ?> given)) {
            throw new IllegalArgumentException("The body is no object.");
        }
        double seconds = given.get("timeoutSeconds") instanceof Number number ? number.doubleValue() : 0;
        return new Spec(text(given, "codeDir", "/code"), text(given, "entry", ""), text(given, "handler", ""),
                texts(given, "environment"), texts(given, "secrets"),
                given.get("version") instanceof Number version ? version.intValue() : 0,
                text(given, "function", ""), text(given, "group", ""), text(given, "instance", ""),
                seconds > 0 ? seconds : DEFAULT_TIMEOUT_SECONDS);
    }

    private static Map<String, String> texts(Map<?, ?> from, String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (from.get(name) instanceof Map<?, ?> given) {
            given.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        }
        return Collections.unmodifiableMap(texts);
    }

    /** A context that is printed shows no secret. */
    @Override
    public String toString() {
        return function + " v" + version + " in " + group;
    }

    private static String text(Map<?, ?> from, String name, String otherwise) {
        return from.get(name) instanceof String value && !value.isEmpty() ? value : otherwise;
    }
}
