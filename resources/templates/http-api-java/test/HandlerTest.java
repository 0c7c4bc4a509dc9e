import static org.junit.jupiter.api.Assertions.assertEquals;

import nest.functions.Context;
import nest.functions.Event;
import nest.functions.Response;
import org.junit.jupiter.api.Test;

import java.util.Map;

class HandlerTest {
    private static Response ask(String path, Map<String, ?> query, String greeting) {
        return new Handler().handler(Event.get(path, query), Context.forTests(Map.of("GREETING", greeting)));
    }

    private static Object part(Response answer, String name) {
        return ((Map<?, ?>) answer.body()).get(name);
    }

    @Test
    void greetsTheWorld() {
        Response answer = ask("/", Map.of(), "Hello");
        assertEquals(200, answer.status());
        assertEquals("Hello, world!", part(answer, "message"));
    }

    @Test
    void greetsByNameWithTheGreetingOfTheEnvironment() {
        assertEquals("Good morning, Ada!", part(ask("/", Map.of("name", "Ada"), "Good morning"), "message"));
    }

    @Test
    void tellsThePathAndTheQuery() {
        Response answer = ask("/a/b", Map.of("x", "1"), "Hello");
        assertEquals("/a/b", part(answer, "path"));
        assertEquals(Map.of("x", "1"), part(answer, "query"));
    }
}
