// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.guest;

import nest.functions.Context;
import nest.functions.Event;
import nest.functions.Response;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One of a pool has time: what the first request needs is loaded, and run once, before somebody waits for it. */
public final class Warming {
    private Warming() {}

    static void run(Watchdog watchdog) {
        try {
            Spec spec = Spec.parse("{\"codeDir\":\"/code\",\"environment\":{\"A\":\"b\"},\"timeoutSeconds\":10}");
            Map<String, String> headers = Map.of("content-type", "application/json");
            Event event = Events.of("POST", "/?a=b", headers, new UUID(1, 2).toString(),
                    Reply.bytes("{\"a\":[1,2.5,null,true]}"));
            Context context = new GuestContext(spec, "", Instant.now().plusSeconds(1), headers);
            // The ways in which a handler may be called, each of which has method handles of its own.
            Warming.class.getMethod("sample", Event.class, Context.class).invoke(null, event, context);
            Object sample = Warming.class.getDeclaredConstructor().newInstance();
            Warming.class.getMethod("two", Event.class, Context.class).invoke(sample, event, context);
            Warming.class.getMethod("one", Event.class).invoke(sample, event);
            Warming.class.getMethod("none").invoke(sample);
            Invocation invocation = new Invocation(null, "", System.nanoTime() + Watchdog.GRACE_NANOS);
            watchdog.watch(invocation);
            invocation.enter();
            invocation.leave();
            watchdog.forget(invocation);
            Answers.of(Map.of("status", 200, "headers", Map.of("a", "b"), "body", event.asMap()));
            Answers.of(Response.of(200, List.of(1, "a")));
            Reply.problem(404, "none", "", "");
            List<Path> classes = List.of(Path.of("/code/classes"));
            new FunctionLoader(classes, Path.of("/code/lib"), Preload.packagesOf(Path.of("/code")))
                    .loadClass("nest.functions.Handler");
            Function.className("src/Handler.java");
            new FunctionLoader(classes, Path.of("/code/lib"), FunctionLoader.packages(List.of())).loadClass("Handler");
        } catch (ClassNotFoundException error) {
            // the last one: the folder is empty yet
        } catch (BadRequest | ReflectiveOperationException | RuntimeException error) {
            Log.write("warning", "The runtime could not be warmed: " + error, error);
        }
    }

    public Object two(Event event, Context context) {
        return event.path();
    }

    public Object one(Event event) {
        return event.path();
    }

    public Object none() {
        return null;
    }

    public static Object sample(Event event, Context context) {
        return event.query("a");
    }
}
