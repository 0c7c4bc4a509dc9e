import nest.functions.Context;
import nest.functions.Event;
import nest.functions.Response;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

// POST rows as text/csv, or as a JSON list of objects: /?by=city&value=price
// Answers count, sum, least and most of the value for each city.
public class Handler {
    record Group(int count, double sum, double least, double most) {
        static Group of(double number) {
            return new Group(1, number, number, number);
        }

        Group with(Group other) {
            return new Group(count + other.count, sum + other.sum, Math.min(least, other.least),
                    Math.max(most, other.most));
        }
    }

    public Response handler(Event event, Context context) {
        String by = event.query("by");
        String value = event.query("value");
        if (by == null || value == null) {
            return problem("Name the columns: /?by=city&value=price");
        }
        List<?> rows;
        try {
            rows = rowsOf(event.body());
        } catch (IllegalArgumentException error) {
            return problem(error.getMessage());
        }
        Map<String, Group> groups = new TreeMap<>();
        int skipped = 0;
        for (Object each : rows) {
            Double number = each instanceof Map<?, ?> row ? numberIn(row.get(value)) : null;
            if (number == null) {
                ++skipped;
            } else {
                Object name = ((Map<?, ?>) each).get(by);
                groups.merge(name == null ? "" : name.toString(), Group.of(number), Group::with);
            }
        }
        if (skipped > 0) {
            context.log().warning(skipped + " of " + rows.size() + " rows have no number in '" + value + "'");
        }
        return Response.of(200, Map.of("rows", rows.size(), "skipped", skipped, "groups", groups));
    }

    private static List<?> rowsOf(Object body) {
        if (body instanceof String text) {
            return Csv.parse(text);
        }
        if (body instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException(
                "POST rows: text/csv with a first line of names, or a JSON list of objects.");
    }

    private static Double numberIn(Object value) {
        try {
            double number = value == null ? Double.NaN : Double.parseDouble(value.toString());
            return Double.isFinite(number) ? number : null;
        } catch (NumberFormatException error) {
            return null;
        }
    }

    private static Response problem(String detail) {
        return Response.of(400, Map.of("error", detail));
    }
}
