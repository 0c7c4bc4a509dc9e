// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.guest;

import java.nio.file.Path;
import java.util.List;

/**
 * The jars that Maven brought, below the function's own classes; in a custom pool with the classes that it names loaded
 * before anybody waits for them.
 */
final class Preload {
    private static final Path CODE = Path.of(System.getenv().getOrDefault("NEST_AT_CODE", "/code"));
    private static volatile ClassLoader ahead;

    private Preload() {}

    /** names: of classes, with blanks between. A class that cannot be loaded ends the process, so the pool says why. */
    static void run(String names) {
        ClassLoader packages = packagesOf(CODE);
        for (String name : names.split(" ")) {
            try {
                Class.forName(name, true, packages);
            } catch (ClassNotFoundException | LinkageError error) {
                Throwable cause = error.getCause() == null ? error : error.getCause();
                Log.write("critical", "The class " + name + " could not be loaded ahead: " + cause, cause);
                System.err.flush();
                Runtime.getRuntime().halt(1);
            }
        }
        ahead = packages;
    }

    static ClassLoader packagesOf(Path codeDir) {
        ClassLoader loaded = ahead;
        return loaded != null && codeDir.equals(CODE) ? loaded
                : FunctionLoader.packages(List.of(codeDir.resolve("dependency/runtime")), "nest.functions.");
    }
}
