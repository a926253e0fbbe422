package io.collimator.dicom.dictionary;

import io.collimator.dicom.data.Uid;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The names of the standard's UIDs (PS3.6 Annex A), for people; read once from the table in this module. */
public final class UidNames {

    private static final Map<String, String> NAMES = load();

    private UidNames() {}

    /** For instance {@code Verification SOP Class (1.2.840.10008.1.1)}; the UID alone when it is not the standard's. */
    public static String described(Uid uid) {
        String name = NAMES.get(uid.value());
        return name == null ? uid.value() : name + " (" + uid.value() + ")";
    }

    private static Map<String, String> load() {
        Map<String, String> names = new HashMap<>();
        try (InputStream table = Objects.requireNonNull(
                        UidNames.class.getResourceAsStream("uids.csv"), "uids.csv is not in the jar");
                BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // the first four never hold a comma; the name, which may, comes last
                String[] fields = line.split(",", 5);
                if (fields.length == 5) {
                    names.put(fields[0], fields[4].replaceAll("^\"|\"$", ""));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The table of UIDs cannot be read from the jar.", e);
        }
        return Map.copyOf(names);
    }
}
