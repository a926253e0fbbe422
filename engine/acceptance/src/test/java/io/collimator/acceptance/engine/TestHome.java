package io.collimator.acceptance.engine;

import io.collimator.simulators.PeerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A home of its own for a test: the shipped routes and mapping, the test's peers and stations. */
public final class TestHome {

    private static final Path CHECKOUT = Path.of("..", "..").toAbsolutePath().normalize();

    private final Path root;
    private final StringBuilder registry = new StringBuilder("applicationEntities:\n");

    private TestHome(Path root) {
        this.root = root;
    }

    public static TestHome create(Path folder) {
        TestHome home = new TestHome(folder.resolve("home"));
        home.copy("routes");
        home.copy("mapping/definitions");
        home.copy("mapping/tables");
        home.copyIfThere("mapping/senders.yaml");
        home.copy("mapping/templates");
        home.write("config/application-entities.yaml", "applicationEntities: {}\n");
        return home;
    }

    public Path root() {
        return root;
    }

    /** A modality that may use every service. */
    public TestHome withModality(PeerAddress address) {
        registry.append(
                "  %s:\n    description: test modality\n    host: %s\n    port: %d\n    services: [worklist, mpps, commitment]\n"
                        .formatted(address.aeTitle(), address.host(), address.port()));
        return write("config/application-entities.yaml", registry.toString());
    }

    /** An archive that is real as far as the engine can know. */
    public TestHome withArchive(PeerAddress address) {
        registry.append(
                "  %s:\n    description: test archive\n    host: %s\n    port: %d\n    services: []\n    archive:\n      commitment: true\n"
                        .formatted(address.aeTitle(), address.host(), address.port()));
        return write("config/application-entities.yaml", registry.toString());
    }

    public TestHome withStation(String modality, String station) {
        return write("mapping/tables/stations.csv", "from,to\n" + modality + "," + station + "\n");
    }

    public TestHome write(String file, String content) {
        try {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " of the test's home cannot be written.", e);
        }
    }

    public String read(String file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " of the test's home cannot be read.", e);
        }
    }

    private void copyIfThere(String file) {
        Path from = CHECKOUT.resolve(file);
        if (Files.isRegularFile(from)) {
            try {
                write(file, Files.readString(from));
            } catch (IOException e) {
                throw new UncheckedIOException("The shipped " + file + " cannot be copied.", e);
            }
        }
    }

    private void copy(String folder) {
        try (Stream<Path> files = Files.list(CHECKOUT.resolve(folder))) {
            Path to = Files.createDirectories(root.resolve(folder));
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The shipped " + folder + " cannot be copied.", e);
        }
    }
}
