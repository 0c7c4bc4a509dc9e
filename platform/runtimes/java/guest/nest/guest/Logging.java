// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.guest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What user code logs with java.util.logging or System.Logger; made by the JDK when it is first used. */
public final class Logging {
    public Logging() {
        Logger root = Logger.getLogger("");
        for (Handler each : root.getHandlers()) {
            root.removeHandler(each);
        }
        root.addHandler(new Handler() {
            private final SimpleFormatter formatter = new SimpleFormatter();

            @Override
            public void publish(LogRecord record) {
                if (!isLoggable(record)) {
                    return;
                }
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("logger", String.valueOf(record.getLoggerName()));
                if (record.getThrown() != null) {
                    fields.put("stack", Log.stackOf(record.getThrown()));
                }
                Log.write(severityOf(record.getLevel()), formatter.formatMessage(record), fields, null);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        root.setLevel(Level.INFO);
    }

    private static String severityOf(Level level) {
        int value = level.intValue();
        return value >= Level.SEVERE.intValue() ? "error"
                : value >= Level.WARNING.intValue() ? "warning" : value >= Level.INFO.intValue() ? "info" : "debug";
    }
}
