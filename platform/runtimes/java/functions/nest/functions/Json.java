// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.functions;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;

import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * JSON as plain values: maps in the order of their text, lists, String, Long (BigInteger beyond), Double, Boolean, null.
 * Writes these, records, arrays, enums, dates and Optional too.
 */
public final class Json {
    private static final int MOST_LEVELS = 500;

    private Json() {}

    /** Throws IllegalArgumentException with the place of what is wrong. */
    public static Object parse(String text) {
        JsonReader reader = new JsonReader(new StringReader(text));
        try {
            Object value = read(reader, 0);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IllegalArgumentException("there is more after the value, at " + reader.getPath());
            }
            return value;
        } catch (EOFException error) {
            throw new IllegalArgumentException("it ends too early, at " + reader.getPath());
        } catch (MalformedJsonException | NumberFormatException error) {
            String said = String.valueOf(error.getMessage());
            int place = said.indexOf(" at line ");
            throw new IllegalArgumentException("malformed" + (place < 0 ? "" : said.substring(place).split("\n")[0]));
        } catch (IOException error) {
            throw new IllegalArgumentException(error.getMessage(), error);
        }
    }

    /** Throws IllegalArgumentException when there is something in it that JSON does not have. */
    public static String write(Object value) {
        StringWriter text = new StringWriter();
        JsonWriter writer = new JsonWriter(text);
        try {
            write(writer, value, 0);
        } catch (IOException error) {
            throw new IllegalArgumentException(error.getMessage(), error);
        }
        return text.toString();
    }

    private static Object read(JsonReader reader, int level) throws IOException {
        checkLevel(level);
        switch (reader.peek()) {
            case BEGIN_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                reader.beginObject();
                while (reader.hasNext()) {
                    String name = reader.nextName();
                    map.put(name, read(reader, level + 1));
                }
                reader.endObject();
                return map;
            }
            case BEGIN_ARRAY -> {
                List<Object> list = new ArrayList<>();
                reader.beginArray();
                while (reader.hasNext()) {
                    list.add(read(reader, level + 1));
                }
                reader.endArray();
                return list;
            }
            case STRING -> {
                return reader.nextString();
            }
            case NUMBER -> {
                return number(reader.nextString());
            }
            case BOOLEAN -> {
                return reader.nextBoolean();
            }
            case NULL -> {
                reader.nextNull();
                return null;
            }
            default -> throw new EOFException();
        }
    }

    private static Object number(String text) {
        if (text.chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E')) {
            return Double.valueOf(text);
        }
        final int surelyLong = 18;
        if (text.length() <= surelyLong) {
            return Long.valueOf(text);
        }
        BigInteger whole = new BigInteger(text);
        return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
    }

    private static void write(JsonWriter writer, Object value, int level) throws IOException {
        checkLevel(level);
        // Not a switch over types: its first use costs more than all the rest of a first request.
        if (value == null) {
            writer.nullValue();
        } else if (value instanceof CharSequence || value instanceof Character || value instanceof TemporalAccessor
                || value instanceof UUID || value instanceof java.net.URI) {
            writer.value(value.toString());
        } else if (value instanceof Number each) {
            writer.value(each);
        } else if (value instanceof Boolean each) {
            writer.value(each);
        } else if (value instanceof Enum<?> each) {
            writer.value(each.name());
        } else if (value instanceof Map<?, ?> map) {
            writer.beginObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                writer.name(String.valueOf(entry.getKey()));
                write(writer, entry.getValue(), level + 1);
            }
            writer.endObject();
        } else if (value instanceof Iterable<?> each) {
            writeAll(writer, each.iterator(), level);
        } else if (value instanceof Optional<?> each) {
            write(writer, each.orElse(null), level);
        } else if (value instanceof Record each) {
            writeRecord(writer, each, level);
        } else if (value.getClass().isArray()) {
            writer.beginArray();
            for (int i = 0; i < Array.getLength(value); ++i) {
                write(writer, Array.get(value, i), level + 1);
            }
            writer.endArray();
        } else {
            throw new IllegalArgumentException(value.getClass().getName()
                    + " has no form in JSON; use a Map, a List or a record.");
        }
    }

    private static void writeAll(JsonWriter writer, Iterator<?> values, int level) throws IOException {
        writer.beginArray();
        while (values.hasNext()) {
            write(writer, values.next(), level + 1);
        }
        writer.endArray();
    }

    private static void writeRecord(JsonWriter writer, Record value, int level) throws IOException {
        writer.beginObject();
        for (RecordComponent part : value.getClass().getRecordComponents()) {
            try {
                part.getAccessor().setAccessible(true);
                writer.name(part.getName());
                write(writer, part.getAccessor().invoke(value), level + 1);
            } catch (IllegalAccessException | InvocationTargetException error) {
                throw new IllegalArgumentException(part + " cannot be read", error);
            }
        }
        writer.endObject();
    }

    private static void checkLevel(int level) {
        if (level > MOST_LEVELS) {
            throw new IllegalArgumentException("it is nested deeper than " + MOST_LEVELS + " levels");
        }
    }
}
