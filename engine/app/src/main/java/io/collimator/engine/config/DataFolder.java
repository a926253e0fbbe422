package io.collimator.engine.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data folder, held by one engine at a time. */
public final class DataFolder implements AutoCloseable {

    private static final String LOCK_FILE = "engine.lock";
    private static final String SECRET = ".password";
    private static final Set<PosixFilePermission> OTHERS = Set.copyOf(PosixFilePermissions.fromString("---rwxrwx"));

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Creates the folder with mode 0700 where it is missing and locks it.
     *
     * @throws ConfigurationException when it cannot be written or another engine holds it
     */
    public static DataFolder open(Path path) {
        try {
            create(path);
            FileChannel channel =
                    FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw unusable(path, "is used by another engine; stop that one or set another folder.");
            }
            return new DataFolder(path, channel);
        } catch (IOException e) {
            throw unusable(path, "cannot be written (%s); correct its owner or set another folder.".formatted(e));
        }
    }

    /** Creates the folder with mode 0700 unless it is there. */
    public static void create(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        if (isPosix(path)) {
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(path);
        }
    }

    /** A warning where others than the owner may look into a folder that is there, or into its passwords. */
    public static List<Problem> openToOthers(Path folder) {
        if (!Files.isDirectory(folder) || !isPosix(folder)) {
            return List.of();
        }
        List<Problem> found = new ArrayList<>();
        try (Stream<Path> secrets = Files.list(folder)) {
            warn(folder, "700", found);
            for (Path secret : secrets.filter(file -> file.toString().endsWith(SECRET))
                    .sorted()
                    .toList()) {
                warn(secret, "600", found);
            }
        } catch (IOException e) {
            found.add(new Problem(
                    "data folder " + folder,
                    0,
                    "collimator.data-dir",
                    "",
                    "cannot be looked into (%s); correct its owner or set another folder.".formatted(e)));
        }
        return found;
    }

    private static void warn(Path path, String mode, List<Problem> found) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (permissions.stream().anyMatch(OTHERS::contains)) {
            found.add(new Problem(
                    "data folder " + path.getParent(),
                    0,
                    "mode of " + path.getFileName(),
                    PosixFilePermissions.toString(permissions),
                    "lets other users of this machine in, to patient data and passwords; run: chmod %s %s"
                            .formatted(mode, path)));
        }
    }

    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by another engine of this very process
        }
    }

    private static ConfigurationException unusable(Path path, String why) {
        return new ConfigurationException(
                List.of(new Problem("data folder " + path, 0, "collimator.data-dir", path.toString(), why)));
    }

    public Path path() {
        return path;
    }

    /** A folder or file in it. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Lets another engine have it. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The lock of the data folder " + path + " cannot be released.", e);
        }
    }
}
