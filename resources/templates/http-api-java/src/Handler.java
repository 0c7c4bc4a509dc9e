import nest.functions.Context;
import nest.functions.Event;
import nest.functions.Response;

import java.util.Map;

public class Handler {
    // event:   id, method, path, query, headers, body; a JSON body is parsed already
    // context: log, environment, version, group, deadline, call
    public Response handler(Event event, Context context) {
        String name = event.query("name") == null ? "world" : event.query("name");
        String greeting = context.environment().getOrDefault("GREETING", "Hello");
        return Response.of(200, Map.of(
                "message", greeting + ", " + name + "!",
                "path", event.path(),
                "query", event.query()));
    }
}
