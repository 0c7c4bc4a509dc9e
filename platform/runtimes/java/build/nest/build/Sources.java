// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.build;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The Java files of a draft, and where what is made of them lies. */
record Sources(Path root, List<Path> functions, List<Path> tests) {
    private static final Set<String> NO_SOURCES = Set.of("node_modules", "classes", "test-classes", "lib", "dependency");

    static Sources of(Path root) throws IOException {
        Sources found = new Sources(root, new ArrayList<>(), new ArrayList<>());
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes about) {
                boolean isLeftOut = root.equals(folder.getParent())
                        && NO_SOURCES.contains(folder.getFileName().toString());
                return isLeftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
                if (file.toString().endsWith(".java")) {
                    (isTest(root.relativize(file).toString()) ? found.tests : found.functions).add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.functions.sort(null);
        found.tests.sort(null);
        return found;
    }

    /** As builds/language.cpp has it. */
    private static boolean isTest(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1, path.length() - ".java".length());
        return path.startsWith("test/") || path.startsWith("src/test/") || name.endsWith("Test")
                || name.endsWith("Tests");
    }

    Path classes() {
        return root.resolve("classes");
    }

    Path testClasses() {
        return root.resolve("test-classes");
    }

    Path lib() {
        return root.resolve("lib");
    }

    /** Of what Maven brought: the function's, and what only compiling and testing need. */
    List<Path> packages() {
        return List.of(root.resolve("dependency/runtime"), root.resolve("dependency/build"));
    }

    /** Of the compiler: the function's own jars and packages, then what is said. */
    String classPath(List<Path> first, String last) throws IOException {
        StringBuilder path = new StringBuilder();
        for (Path each : first) {
            path.append(each).append(':');
        }
        List<Path> folders = new ArrayList<>(List.of(lib()));
        folders.addAll(packages());
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (var jars = Files.newDirectoryStream(folder, "*.jar")) {
                    for (Path each : jars) {
                        path.append(each).append(':');
                    }
                }
            }
        }
        return path.append(last).toString();
    }

    /** The file of a class as a stack names it, relative to the draft; null when it is none of the draft's. */
    String fileOf(StackTraceElement frame) {
        if (frame.getFileName() == null) {
            return null;
        }
        String type = frame.getClassName();
        String folder = type.contains(".") ? type.substring(0, type.lastIndexOf('.') + 1).replace('.', '/') : "";
        for (List<Path> each : List.of(tests, functions)) {
            for (Path file : each) {
                String path = root.relativize(file).toString();
                if (("/" + path).endsWith("/" + folder + frame.getFileName())) {
                    return path;
                }
            }
        }
        return null;
    }
}
