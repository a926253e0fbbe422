package io.collimator.engine.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The data folder, held by one engine at a time. */
public final class DataFolder implements AutoCloseable {

    private static final String LOCK_FILE = "engine.lock";

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
