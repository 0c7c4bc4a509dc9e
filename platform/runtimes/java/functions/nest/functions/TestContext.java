// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.functions;

import java.time.Instant;
import java.util.Map;

/** Prints what is logged. */
final class TestContext implements Context, Context.Log, Context.Metrics {
    private static final int SECONDS = 10;

    private final Map<String, String> environment;
    private final Map<String, String> secrets;
    private final Instant deadline = Instant.now().plusSeconds(SECONDS);

    TestContext(Map<String, String> environment, Map<String, String> secrets) {
        this.environment = Map.copyOf(environment);
        this.secrets = Map.copyOf(secrets);
    }

    @Override
    public String requestId() {
        return "test";
    }

    @Override
    public String function() {
        return "test";
    }

    @Override
    public int version() {
        return 0;
    }

    @Override
    public String group() {
        return "default/main/local";
    }

    @Override
    public String instance() {
        return "i-test";
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public Map<String, String> secrets() {
        return secrets;
    }

    @Override
    public Instant deadline() {
        return deadline;
    }

    @Override
    public Log log() {
        return this;
    }

    @Override
    public Metrics metrics() {
        return this;
    }

    @Override
    public void debug(String message, Map<String, ?> fields) {
        print("debug", message, fields);
    }

    @Override
    public void info(String message, Map<String, ?> fields) {
        print("info", message, fields);
    }

    @Override
    public void warning(String message, Map<String, ?> fields) {
        print("warning", message, fields);
    }

    @Override
    public void error(String message, Map<String, ?> fields) {
        print("error", message, fields);
    }

    @Override
    public void increment(String name, double by, Map<String, String> labels) {
        print("metric", name + " +" + by, labels);
    }

    private static void print(String severity, String message, Map<String, ?> fields) {
        System.out.println(severity + ": " + message + (fields.isEmpty() ? "" : " " + fields));
    }
}
