package io.collimator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A home for a measured engine: what is shipped, every listener on a free port, a station for every modality. */
final class EngineHome {

    private static final String MODALITY_AE = "BENCH";

    private EngineHome() {}

    /** The AE title that may ask the worklist. */
    static String modalityAe() {
        return MODALITY_AE;
    }

    /**
     * Makes the home.
     *
     * @param checkout the root of the sources
     * @param databaseUrl empty: H2 under the home
     */
    static Path create(Path checkout, Path folder, String databaseUrl, String user) throws IOException {
        Files.createDirectories(folder);
        for (String part : new String[] {"routes", "mapping", "config"}) {
            copy(checkout.resolve(part), folder.resolve(part));
        }
        Files.writeString(folder.resolve("mapping/tables/stations.csv"), "from,to\nCT,CT1\nMR,MR1\nCR,CR1\nUS,US1\n");
        Files.writeString(
                folder.resolve("config/application-entities.yaml"),
                "applicationEntities:\n  %s:\n    description: asks the worklist\n    host: 127.0.0.1\n    port: 104\n    services: [worklist]\n"
                        .formatted(MODALITY_AE));
        Files.writeString(
                folder.resolve("config/application.properties"),
                """
                collimator.mllp.port = 0
                collimator.dicom.port = 0
                collimator.http.port = 0
                collimator.jms.port = 0
                collimator.worklist.max-responses = %d
                """.formatted(2 * OrderText.ORDERS_A_DAY)
                        + (databaseUrl.isEmpty()
                                ? ""
                                : "collimator.db.url = %s\ncollimator.db.user = %s\n".formatted(databaseUrl, user)));
        return folder;
    }

    /** Without sources and build output, which lie beside the analysts' files. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = from.relativize(file);
                if (!relative.startsWith("src") && !relative.startsWith("target") && !relative.endsWith("pom.xml")) {
                    Path target = to.resolve(relative.toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
    }

    /** Removes a folder with all that is in it. */
    static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(EngineHome::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be removed.", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be removed.", e);
        }
    }
}
