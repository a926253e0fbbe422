package io.collimator.engine.cli.demo;

import io.collimator.engine.config.Home;
import io.collimator.simulators.PeerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A throw-away home with the routes and mapping of a real one and the demo's own peers; gone when closed. */
final class DemoHome implements AutoCloseable {

    private static final String PEERS = """
            applicationEntities:
              %s:
                description: simulated scanner
                host: %s
                port: %d
                services: [worklist, mpps, commitment]
              %s:
                description: simulated archive
                host: %s
                port: %d
                services: []
                archive:
                  commitment: true
                simulated: true
            """;

    private final Path root;

    private DemoHome(Path root) {
        this.root = root;
    }

    static DemoHome create(Home source, PeerAddress modality, PeerAddress archive) {
        try {
            DemoHome home = new DemoHome(Files.createTempDirectory("collimator-demo-"));
            copy(source.routes(), home.root.resolve("routes"));
            copy(source.definitions(), home.root.resolve("mapping/definitions"));
            copy(source.tables(), home.root.resolve("mapping/tables"));
            Path senders = source.mapping().resolve("senders.yaml");
            if (Files.isRegularFile(senders)) {
                Files.copy(senders, home.root.resolve("mapping/senders.yaml"));
            }
            Path config = Files.createDirectories(home.root.resolve("config"));
            Files.writeString(
                    config.resolve("application-entities.yaml"),
                    PEERS.formatted(
                            modality.aeTitle(),
                            modality.host(),
                            modality.port(),
                            archive.aeTitle(),
                            archive.host(),
                            archive.port()));
            Files.writeString(
                    home.root.resolve("mapping/tables/stations.csv"), "from,to\nCT," + modality.aeTitle() + "\n");
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException("The throw-away home of the demo cannot be made.", e);
        }
    }

    Path root() {
        return root;
    }

    /** A password that the engine made at its start. */
    String secret(String name) {
        try {
            return Files.readString(root.resolve("data").resolve(name)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The engine made no " + name + ".", e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Override
    public void close() {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("The demo's folder %s cannot be deleted; delete it.".formatted(root), e);
        }
    }
}
