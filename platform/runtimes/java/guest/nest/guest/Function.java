// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.guest;

import nest.functions.Context;
import nest.functions.Event;
import nest.functions.Handler;
import nest.functions.HttpHandler;
import nest.functions.Request;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The user's handler, found in the class that the manifest names. */
final class Function {
    /** Exactly one of event and request is there, as isHttp says. */
    interface Call {
        Object apply(Event event, Request request, Context context) throws Throwable;
    }

    // Not lambdas: those are made anew at each start, classes come from the archive.

    private record OfHandler(Handler handler) implements Call {
        @Override
        public Object apply(Event event, Request request, Context context) throws Exception {
            return handler.handle(event, context);
        }
    }

    private record OfHttpHandler(HttpHandler handler) implements Call {
        @Override
        public Object apply(Event event, Request request, Context context) throws Exception {
            return handler.fetch(request, context);
        }
    }

    private record OfMethod(Object object, Method method, Class<?>[] parameters) implements Call {
        @Override
        public Object apply(Event event, Request request, Context context) throws Throwable {
            Object[] values = new Object[parameters.length];
            for (int i = 0; i < values.length; ++i) {
                values[i] = parameters[i] == Context.class ? context
                        : parameters[i] == Request.class ? request
                        : parameters[i] == Event.class ? event : event.asMap();
            }
            try {
                return method.invoke(object, values);
            } catch (InvocationTargetException error) {
                throw error.getCause();
            }
        }
    }

    private static final List<String> SOURCE_ROOTS = List.of("src/main/java/", "src/");

    private final Call call;
    private final boolean isHttp;
    private final ClassLoader loader;

    private Function(Call call, boolean isHttp) {
        this.call = call;
        this.isHttp = isHttp;
        this.loader = Thread.currentThread().getContextClassLoader();
    }

    /** Of the user's classes: of each thread that runs them. */
    ClassLoader loader() {
        return loader;
    }

    boolean isHttp() {
        return isHttp;
    }

    Object call(Event event, Request request, Context context) throws Throwable {
        return call.apply(event, request, context);
    }

    /** entry: "src/shop/Handler.java". Throws what the class threw, or says what it lacks. */
    static Function load(Path codeDir, String entry, String name) throws Throwable {
        FunctionLoader loader =
                new FunctionLoader(List.of(codeDir.resolve("classes"), codeDir.resolve("src/main/resources")),
                        codeDir.resolve("lib"), Preload.packagesOf(codeDir));
        Thread.currentThread().setContextClassLoader(loader);
        Class<?> type;
        try {
            type = Class.forName(className(entry), true, loader);
        } catch (ExceptionInInitializerError error) {
            throw error.getCause() == null ? error : error.getCause();
        }
        Method method = null;
        for (Method each : type.getMethods()) {
            if (each.getName().equals(name) && !each.isBridge() && each.getDeclaringClass() != Object.class) {
                method = each;
            }
        }
        if (method != null) {
            return ofMethod(type, method);
        }
        boolean isUsual = name.isEmpty() || name.equals("handler") || name.equals("handle") || name.equals("fetch");
        if (isUsual && Handler.class.isAssignableFrom(type)) {
            return new Function(new OfHandler((Handler) newObject(type)), false);
        }
        if (isUsual && HttpHandler.class.isAssignableFrom(type)) {
            return new Function(new OfHttpHandler((HttpHandler) newObject(type)), true);
        }
        TreeSet<String> found = new TreeSet<>();
        for (Method each : type.getDeclaredMethods()) {
            if (Modifier.isPublic(each.getModifiers()) && !each.isSynthetic()) {
                found.add(each.getName());
            }
        }
        throw new NoSuchMethodException(entry + " has no public method '" + name + "'"
                + (isUsual ? " and implements neither nest.functions.Handler nor HttpHandler" : "") + "; it has "
                + (found.isEmpty() ? "none" : String.join(", ", found)) + ".");
    }

    static String className(String entry) {
        String path = entry.endsWith(".java") ? entry.substring(0, entry.length() - ".java".length()) : entry;
        for (String root : SOURCE_ROOTS) {
            if (path.startsWith(root)) {
                path = path.substring(root.length());
                break;
            }
        }
        return path.replace('/', '.');
    }

    private static Object newObject(Class<?> type) throws Throwable {
        try {
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (InvocationTargetException error) {
            throw error.getCause();
        } catch (NoSuchMethodException error) {
            throw new NoSuchMethodException(type.getName() + " needs a constructor without parameters.");
        }
    }

    private static Function ofMethod(Class<?> type, Method method) throws Throwable {
        Class<?>[] parameters = method.getParameterTypes();
        boolean isHttp = false;
        boolean takesEvent = false;
        for (Class<?> each : parameters) {
            if (each != Event.class && each != Context.class && each != Request.class && each != Map.class) {
                throw new NoSuchMethodException("The parameters of " + method.getName() + " may be an Event (or a Map)"
                        + " or a Request, and a Context; it has a " + each.getName() + ".");
            }
            isHttp = isHttp || each == Request.class;
            takesEvent = takesEvent || each == Event.class || each == Map.class;
        }
        if (isHttp && takesEvent) {
            throw new NoSuchMethodException(method.getName() + " takes an Event or a Request, not both.");
        }
        Object object = Modifier.isStatic(method.getModifiers()) ? null : newObject(type);
        method.setAccessible(true);
        return new Function(new OfMethod(object, method, parameters), isHttp);
    }

    /** {file, line} of the innermost place in the user's own files; empty when there is none. */
    static Map<String, Object> placeOf(Throwable error, Path codeDir) {
        for (StackTraceElement frame : error.getStackTrace()) {
            if (!FunctionLoader.NAME.equals(frame.getClassLoaderName()) || frame.getFileName() == null) {
                continue;
            }
            String folder = frame.getClassName().contains(".")
                    ? frame.getClassName().substring(0, frame.getClassName().lastIndexOf('.') + 1).replace('.', '/')
                    : "";
            for (String root : SOURCE_ROOTS) {
                String file = root + folder + frame.getFileName();
                if (Files.exists(codeDir.resolve(file))) {
                    Map<String, Object> place = new LinkedHashMap<>();
                    place.put("file", file);
                    place.put("line", Math.max(0, frame.getLineNumber()));
                    return place;
                }
            }
        }
        return error.getCause() == null ? Map.of() : placeOf(error.getCause(), codeDir);
    }
}
