// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.guest;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The user's classes and jars: they see the JDK, the jars that Maven brought, which have a loader of their own because a
 * pool may have loaded them ahead, and, of what this process has besides, only the packages named here, so that a library
 * of theirs never meets another version of itself.
 */
public final class FunctionLoader extends URLClassLoader {
    public static final String NAME = "function";
    private static final String PACKAGES = "packages";

    static {
        registerAsParallelCapable();
    }

    /** folders: of classes; jars: a folder that may be missing; packages: made by packages(). */
    public FunctionLoader(List<Path> folders, Path jars, ClassLoader packages) {
        this(NAME, urls(folders, List.of(jars)), packages);
    }

    private FunctionLoader(String name, URL[] urls, ClassLoader parent) {
        super(name, urls, parent);
    }

    /** What is below a function: the jars of these folders, which may be missing, and the named packages of this process. */
    public static ClassLoader packages(List<Path> folders, String... visiblePackages) {
        Visible visible = new Visible(visiblePackages);
        URL[] jars = urls(List.of(), folders);
        return jars.length == 0 ? visible : new FunctionLoader(PACKAGES, jars, visible);
    }

    private static URL[] urls(List<Path> folders, List<Path> jars) {
        List<URL> urls = new ArrayList<>();
        for (Path each : folders) {
            urls.add(fileUrl(each + "/"));
        }
        for (Path folder : jars) {
            File[] found = folder.toFile().listFiles((in, name) -> name.endsWith(".jar"));
            if (found != null) {
                Arrays.sort(found);
                for (File each : found) {
                    urls.add(fileUrl(each.getPath()));
                }
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static URL fileUrl(String path) {
        try {
            return new URI("file", "", path, null).toURL();
        } catch (URISyntaxException | MalformedURLException error) {
            throw new IllegalArgumentException(error);
        }
    }

    private static final class Visible extends ClassLoader {
        private final String[] packages;
        private final ClassLoader own = FunctionLoader.class.getClassLoader();

        Visible(String[] packages) {
            super("visible", getPlatformClassLoader());
            this.packages = packages;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            for (String each : packages) {
                if (name.startsWith(each)) {
                    return own.loadClass(name);
                }
            }
            throw new ClassNotFoundException(name);
        }

        @Override
        public URL findResource(String name) {
            for (String each : packages) {
                if (name.startsWith(each.replace('.', '/'))) {
                    return own.getResource(name);
                }
            }
            return null;
        }
    }
}
