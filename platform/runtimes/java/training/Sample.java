// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later

import nest.functions.Context;
import nest.functions.Event;
import nest.functions.Response;

import java.util.Map;

/** What nest.guest.Training loads: the things that a first function is likely to do. */
public final class Sample {
    public Object handler(Event event, Context context) {
        context.log().info("sample", Map.of("path", event.path()));
        System.out.println("sample");
        String name = context.environment().getOrDefault("A", event.query("b"));
        return Response.of(200, Map.of("message", "Hello, " + name + "!", "path", event.path(), "query", event.query()))
                .with("x-sample", "a");
    }
}
