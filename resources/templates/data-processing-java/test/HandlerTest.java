import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import nest.functions.Context;
import nest.functions.Event;
import nest.functions.Response;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class HandlerTest {
    private static final Map<String, Handler.Group> EXPECTED =
            Map.of("Bonn", new Handler.Group(2, 5, 2, 3), "Köln", new Handler.Group(1, 4, 4, 4));

    private static Response ask(Object body, Map<String, ?> query) {
        Map<String, Object> event = Event.post("/", body).asMap();
        event.put("query", query);
        return new Handler().handler(new Event(event), Context.forTests(Map.of()));
    }

    private static Response ask(Object body) {
        return ask(body, Map.of("by", "city", "value", "price"));
    }

    private static Object part(Response answer, String name) {
        return ((Map<?, ?>) answer.body()).get(name);
    }

    @Test
    void sumsUpCsv() {
        Response answer = ask("city,price\nBonn,2\r\nKöln,4\nBonn,3\n");
        assertEquals(200, answer.status());
        assertEquals(3, part(answer, "rows"));
        assertEquals(EXPECTED, part(answer, "groups"));
    }

    @Test
    void sumsUpJson() {
        Response answer = ask(List.of(Map.of("city", "Bonn", "price", 2), Map.of("city", "Köln", "price", 4.0),
                Map.of("city", "Bonn", "price", "3")));
        assertEquals(EXPECTED, part(answer, "groups"));
    }

    @Test
    void countsRowsWithoutANumber() {
        Response answer = ask(List.of(Map.of("city", "Bonn", "price", "x"), "no row", Map.of("price", 1)));
        assertEquals(2, part(answer, "skipped"));
    }

    @Test
    void readsQuotedFields() {
        assertEquals(List.of(Map.of("a", "x, \"y\"\nz", "b", "1")), Csv.parse("a,b\n\"x, \"\"y\"\"\nz\",1\n"));
        assertThrows(IllegalArgumentException.class, () -> Csv.parse("a\n\"x"));
    }

    @Test
    void saysWhatIsMissing() {
        assertEquals(400, ask("a\n1", Map.of()).status());
        assertEquals(400, ask(null).status());
        assertEquals(400, ask("city\n\"x").status());
    }
}
