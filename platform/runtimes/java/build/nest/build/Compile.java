// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.build;

import nest.functions.Json;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles the Java files of /work inside a build's box, those of the function to classes/ and its tests to
 * test-classes/, and prints one JSON line for each error: {"path","line","column","message"}. Nothing of the draft runs:
 * annotation processors are off.
 */
public final class Compile {
    private static final int MOST_PROBLEMS = 20;
    private static int found;

    private Compile() {}

    public static void main(String[] arguments) throws IOException {
        Sources sources = Sources.of(Path.of(arguments.length > 0 ? arguments[0] : "/work"));
        String functions = jar("nest-functions.jar");
        compile(sources, sources.functions(), sources.classes(), sources.classPath(List.of(), functions));
        if (found == 0) {
            compile(sources, sources.tests(), sources.testClasses(),
                    sources.classPath(List.of(sources.classes()), functions + ':' + junit()));
        }
    }

    private static void compile(Sources sources, List<Path> files, Path to, String classPath) throws IOException {
        Files.createDirectories(to);
        if (files.isEmpty()) {
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            // Strings are joined without invokedynamic, whose first use costs a start some ten milliseconds.
            compiler.getTask(new java.io.OutputStreamWriter(System.err, StandardCharsets.UTF_8), manager,
                    error -> tell(sources.root(), error),
                    List.of("-d", to.toString(), "-cp", classPath, "-g", "-parameters", "-proc:none", "-implicit:none",
                            "-XDstringConcat=inline", "-nowarn", "-encoding", "UTF-8"),
                    null, manager.getJavaFileObjectsFromPaths(files)).call();
        }
    }

    private static void tell(Path root, Diagnostic<? extends JavaFileObject> error) {
        if (error.getKind() != Diagnostic.Kind.ERROR || ++found > MOST_PROBLEMS) {
            return;
        }
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("path", error.getSource() == null ? "function.yaml"
                : root.relativize(Path.of(error.getSource().toUri())).toString());
        problem.put("line", Math.max(0, error.getLineNumber()));
        problem.put("column", Math.max(0, error.getColumnNumber()));
        problem.put("message", inOneLine(error.getMessage(Locale.ROOT)));
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(Json.write(problem));
    }

    /** "cannot find symbol; symbol: variable x; location: class Handler" */
    private static String inOneLine(String message) {
        return String.join("; ", message.lines().map(line -> line.strip().replaceAll("\\s+", " "))
                .filter(line -> !line.isEmpty()).toList());
    }

    /** Of this program's own class path. */
    private static String jar(String name) {
        for (String each : System.getProperty("java.class.path").split(":")) {
            if (each.endsWith('/' + name)) {
                return each;
            }
        }
        throw new IllegalStateException(name + " is not on the class path");
    }

    private static String junit() {
        StringBuilder path = new StringBuilder();
        for (String each : System.getProperty("java.class.path").split(":")) {
            if (each.contains("junit") || each.contains("opentest4j") || each.contains("apiguardian")) {
                path.append(each).append(':');
            }
        }
        return path.toString();
    }
}
