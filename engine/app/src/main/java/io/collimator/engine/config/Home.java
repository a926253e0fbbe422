package io.collimator.engine.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder that holds what analysts and administrators write: routes, mapping definitions and tables, config. The
 * checkout is one.
 */
public record Home(Path root) {

    /**
     * A home with every folder and file that it must have.
     *
     * @throws ConfigurationException naming all that is missing
     */
    public static Home of(Path root) {
        Home home = new Home(root.toAbsolutePath().normalize());
        List<Problem> missing = new ArrayList<>();
        for (Path folder : List.of(home.routes(), home.definitions(), home.tables(), home.config())) {
            if (!Files.isDirectory(folder)) {
                missing.add(new Problem(
                        folder.toString(),
                        0,
                        "",
                        "",
                        "is not a folder; a home needs it. Name the right home with --home."));
            }
        }
        if (Files.isDirectory(home.config()) && !Files.isRegularFile(home.applicationEntities())) {
            missing.add(new Problem(
                    home.applicationEntities().toString(), 0, "", "", "is missing; it registers the DICOM peers."));
        }
        if (!missing.isEmpty()) {
            throw new ConfigurationException(missing);
        }
        return home;
    }

    public Path routes() {
        return root.resolve("routes");
    }

    /** Everything that the mapping is made of. */
    public Path mapping() {
        return root.resolve("mapping");
    }

    public Path definitions() {
        return root.resolve("mapping/definitions");
    }

    public Path tables() {
        return root.resolve("mapping/tables");
    }

    public Path config() {
        return root.resolve("config");
    }

    public Path properties() {
        return config().resolve("application.properties");
    }

    public Path applicationEntities() {
        return config().resolve("application-entities.yaml");
    }

    /** The further receivers; need not be there. */
    public Path receivers() {
        return config().resolve("receivers.yaml");
    }

    /** Who is asked for commitment besides the usual archive; need not be there. */
    public Path archives() {
        return config().resolve("archives.yaml");
    }

    /** A file as people name it: relative to this home where it lies in it. */
    public String nameOf(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(root) ? root.relativize(absolute).toString() : absolute.toString();
    }
}
