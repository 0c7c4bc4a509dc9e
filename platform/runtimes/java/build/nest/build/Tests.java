// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.build;

import nest.guest.FunctionLoader;

import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.ValueWrapper;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs the JUnit tests that Compile has compiled and prints them as TAP, the form in which Node's test runner tells its
 * results: where each failed and, of a comparison, what it got and what it expected.
 */
public final class Tests implements TestExecutionListener {
    private final Sources sources;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Map<String, Long> began = new HashMap<>(); // when, in nanoseconds, by id
    private TestPlan plan;
    private int count;
    private int passed;
    private int failed;
    private int skipped;

    private Tests(Sources sources) {
        this.sources = sources;
    }

    public static void main(String[] arguments) throws Exception {
        Sources sources = Sources.of(Path.of(arguments.length > 0 ? arguments[0] : "/work"));
        Tests tests = new Tests(sources);
        FunctionLoader loader = new FunctionLoader(
                List.of(sources.testClasses(), sources.classes(), sources.root().resolve("src/main/resources"),
                        sources.root().resolve("src/test/resources")),
                sources.lib(), FunctionLoader.packages(sources.packages(), "nest.functions.", "org.junit.",
                        "org.opentest4j.", "org.apiguardian."));
        Thread.currentThread().setContextClassLoader(loader);
        // Named, not looked for: that would be in the loader of the user's classes.
        Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false).enableLauncherSessionListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false).enablePostDiscoveryFilterAutoRegistration(false)
                .addTestEngines(new JupiterTestEngine()).build());
        String filter = arguments.length > 1 ? arguments[1] : ""; // only tests whose name contains it
        PostDiscoveryFilter matching = test -> FilterResult.includedIf(
                !(test.isTest() || test.mayRegisterTests()) || nameOf(test).contains(filter));
        launcher.execute(LauncherDiscoveryRequestBuilder.request().filters(matching)
                .selectors(DiscoverySelectors.selectClasspathRoots(Set.of(sources.testClasses()))).build(), tests);
        tests.summary();
        System.exit(tests.failed == 0 ? 0 : 1);
    }

    private void summary() {
        out.println("# tests " + count);
        out.println("# pass " + passed);
        out.println("# fail " + failed);
        out.println("# skipped " + skipped);
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        ++skipped;
        line(true, test, " # SKIP " + reason);
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean isFailed = result.getStatus() == TestExecutionResult.Status.FAILED;
        if (!test.isTest() && !isFailed) {
            return;
        }
        if (isFailed) {
            ++failed;
            line(false, test, "");
            details(test, result.getThrowable().orElse(new AssertionError("failed")));
        } else if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            ++skipped;
            line(true, test, " # SKIP " + result.getThrowable().map(Throwable::getMessage).orElse("").lines()
                    .findFirst().orElse(""));
        } else {
            ++passed;
            line(true, test, "");
            out.println("  ---");
            time(test);
            out.println("  ...");
        }
    }

    private void line(boolean isGood, TestIdentifier test, String directive) {
        ++count;
        out.println("# Subtest: " + nameOf(test));
        out.println((isGood ? "ok " : "not ok ") + count + " - " + nameOf(test) + directive);
    }

    /** "HandlerTest.greetsTheWorld" */
    private String nameOf(TestIdentifier test) {
        String name = test.getDisplayName().replaceAll("\\(.*\\)$", "").replace('\n', ' ');
        TestIdentifier parent = plan.getParent(test).orElse(null);
        boolean isInner = parent != null && plan.getParent(parent).isPresent();
        return isInner ? nameOf(parent) + '.' + name : name;
    }

    /** The same of a test that is not planned yet. */
    private static String nameOf(TestDescriptor test) {
        String name = test.getDisplayName().replaceAll("\\(.*\\)$", "").replace('\n', ' ');
        TestDescriptor parent = test.getParent().orElse(null);
        boolean isInner = parent != null && parent.getParent().isPresent();
        return isInner ? nameOf(parent) + '.' + name : name;
    }

    @Override
    public synchronized void executionStarted(TestIdentifier test) {
        began.put(test.getUniqueId(), System.nanoTime());
    }

    private void time(TestIdentifier test) {
        Long start = began.get(test.getUniqueId());
        if (start != null) {
            out.println("  duration_ms: " + (System.nanoTime() - start) / 1000 / 1000.0);
        }
    }

    private void details(TestIdentifier test, Throwable error) {
        out.println("  ---");
        time(test);
        String place = placeOf(error);
        if (place != null) {
            out.println("  location: '" + place + "'");
        }
        boolean isPlain = error instanceof AssertionError;
        String message = error.getMessage() == null ? "" : error.getMessage();
        block("error", isPlain && !message.isEmpty() ? message.lines().findFirst().orElse("failed")
                : error.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message.split("\n")[0]));
        if (error instanceof AssertionFailedError compared && compared.isActualDefined()
                && compared.isExpectedDefined()) {
            block("actual", text(compared.getActual()));
            block("expected", text(compared.getExpected()));
        }
        out.println("  ...");
    }

    /** The innermost place in the draft. */
    private String placeOf(Throwable error) {
        for (StackTraceElement frame : error.getStackTrace()) {
            String file = FunctionLoader.NAME.equals(frame.getClassLoaderName()) ? sources.fileOf(frame) : null;
            if (file != null) {
                return "/work/" + file + ':' + Math.max(0, frame.getLineNumber()) + ":1";
            }
        }
        return error.getCause() == null ? null : placeOf(error.getCause());
    }

    private static String text(ValueWrapper value) {
        return value.getValue() == null ? "null" : value.getStringRepresentation();
    }

    private void block(String key, String value) {
        out.println("  " + key + ": |-");
        value.lines().forEach(line -> out.println("    " + line));
    }
}
