import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class Csv {
    private Csv() {}

    /** Rows by the names in the first line. Quoted fields may hold commas, line breaks and "" for a quote. */
    static List<Map<String, Object>> parse(String text) {
        List<List<String>> lines = lines(text);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (List<String> line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 0; i < lines.getFirst().size(); ++i) {
                row.put(lines.getFirst().get(i), i < line.size() ? line.get(i) : "");
            }
            if (line.size() > 1 || !line.getFirst().isEmpty()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<List<String>> lines(String text) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < text.length(); ++i) {
            char each = text.charAt(i);
            if (isQuoted) {
                if (each != '"') {
                    field.append(each);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append('"');
                    ++i;
                } else {
                    isQuoted = false;
                }
            } else if (each == '"' && field.isEmpty()) {
                isQuoted = true;
            } else if (each == ',' || each == '\n') {
                line.add(each == '\n' && field.toString().endsWith("\r")
                        ? field.substring(0, field.length() - 1) : field.toString());
                field.setLength(0);
                if (each == '\n') {
                    lines.add(line);
                    line = new ArrayList<>();
                }
            } else {
                field.append(each);
            }
        }
        if (isQuoted) {
            throw new IllegalArgumentException("A quoted field of the CSV does not end.");
        }
        if (!field.isEmpty() || !line.isEmpty()) {
            line.add(field.toString());
            lines.add(line);
        }
        return lines;
    }
}
