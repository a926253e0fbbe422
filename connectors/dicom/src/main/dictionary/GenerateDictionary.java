import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the constants {@code Tags} and {@code Uids} from the tables beside this file. The build runs it; it is not
 * part of the product. Arguments: folder of the tables, folder for the sources.
 */
final class GenerateDictionary {

    private static final String PACKAGE = "io.collimator.dicom.dictionary";

    public static void main(String[] args) throws IOException {
        Path tables = Path.of(args[0]);
        Path out = Path.of(args[1]).resolve(PACKAGE.replace('.', '/'));
        Files.createDirectories(out);
        writeTags(tables.resolve("data-elements.csv"), out);
        writeUids(tables.resolve("uids.csv"), out);
    }

    /** One interface a group: a single class would exceed the 64 KiB that a static initialiser may have. */
    private static void writeTags(Path table, Path out) throws IOException {
        Map<String, StringBuilder> groups = new TreeMap<>();
        for (List<String> row : rows(table)) {
            String tag = row.get(0);
            String keyword = row.get(1);
            if (keyword.isEmpty() || tag.toLowerCase().contains("x")) {
                continue;
            }
            groups.computeIfAbsent(tag.substring(0, 4), group -> new StringBuilder())
                    .append("    /** (").append(tag, 0, 4).append(',').append(tag.substring(4)).append(") ")
                    .append(escape(row.get(5))).append(". */\n    Tag ").append(keyword)
                    .append(" = new Tag(0x").append(tag).append(");\n\n");
        }
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, StringBuilder> group : groups.entrySet()) {
            String name = "Tags" + group.getKey();
            names.add(name);
            write(out.resolve(name + ".java"), "package " + PACKAGE + ";\n\nimport io.collimator.dicom.data.Tag;\n\n"
                    + "/** Data elements of group " + group.getKey() + " (PS3.6 §6). Generated from data-elements.csv. */\n"
                    + "interface " + name + " {\n\n" + group.getValue() + "}\n");
        }
        write(out.resolve("Tags.java"), "package " + PACKAGE + ";\n\n"
                + "/** The data elements of PS3.6 §6 by keyword. Generated from data-elements.csv. */\n"
                + "public interface Tags extends " + String.join(", ", names) + " {}\n");
    }

    private static void writeUids(Path table, Path out) throws IOException {
        StringBuilder body = new StringBuilder();
        for (List<String> row : rows(table)) {
            if (row.get(1).isEmpty()) {
                continue;
            }
            body.append("    /** ").append(escape(row.get(4))).append(" (").append(escape(row.get(2))).append("). */\n")
                    .append("    Uid ").append(row.get(1)).append(" = new Uid(\"").append(row.get(0)).append("\");\n\n");
        }
        write(out.resolve("Uids.java"), "package " + PACKAGE + ";\n\nimport io.collimator.dicom.data.Uid;\n\n"
                + "/** The registered UIDs of PS3.6 Annex A by keyword. Generated from uids.csv. */\n"
                + "public interface Uids {\n\n" + body + "}\n");
    }

    /** An unchanged file keeps its time, so that the build does not compile everything anew. */
    private static void write(Path file, String content) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(content)) {
            Files.writeString(file, content);
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("*/", "*&#47;").replace("@", "&#64;");
    }

    private static List<List<String>> rows(Path table) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(table, StandardCharsets.UTF_8);
        for (String line : lines.subList(1, lines.size())) {
            rows.add(split(line));
        }
        return rows;
    }

    private static List<String> split(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
