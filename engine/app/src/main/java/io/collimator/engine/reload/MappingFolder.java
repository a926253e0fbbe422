package io.collimator.engine.reload;

import io.collimator.engine.reload.FileChanges.Change;
import io.collimator.mapping.MappingFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of a mapping where they lie. Each file changes as a whole or not at all. */
final class MappingFolder {

    /** Stricter than what a file system takes: names come over the network. */
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}(/[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}){0,2}");

    private static final String TEMPORARY = ".applying";

    private final Path root;

    MappingFolder(Path root) {
        this.root = root;
    }

    /** Whether a file of this name may be written. */
    static boolean isSafe(String name) {
        return NAME.matcher(name).matches() && !name.contains("..") && MappingFiles.isTaken(name);
    }

    /** The texts of these files as they are now; those that are not there are left out. */
    Map<String, String> read(Iterable<String> names) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (String name : names) {
            String text = read(name);
            if (text != null) {
                texts.put(name, text);
            }
        }
        return texts;
    }

    private @Nullable String read(String name) throws IOException {
        Path file = place(name);
        return Files.isRegularFile(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : null;
    }

    /** Writes the new texts beside their files, so that what is left to do can hardly fail. */
    void prepare(FileChanges changes) throws IOException {
        for (Map.Entry<String, Change> entry : changes.byName().entrySet()) {
            String after = entry.getValue().after();
            if (after != null) {
                Path file = place(entry.getKey());
                Files.createDirectories(folderOf(file));
                write(temporary(file), after);
            }
        }
    }

    /** Puts what was prepared in place, and takes away what is to go. */
    void finish(FileChanges changes) throws IOException {
        for (Map.Entry<String, Change> entry : changes.byName().entrySet()) {
            Path file = place(entry.getKey());
            if (entry.getValue().after() == null) {
                Files.deleteIfExists(file);
            } else {
                Files.move(temporary(file), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Takes away what was prepared and is not wanted after all. */
    void forget(FileChanges changes) throws IOException {
        for (String name : changes.byName().keySet()) {
            Files.deleteIfExists(temporary(place(name)));
        }
    }

    /** The names among these whose text here is neither the one before nor the one after. */
    List<String> editedOtherwise(FileChanges changes) throws IOException {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, Change> entry : changes.byName().entrySet()) {
            String found = read(entry.getKey());
            Change change = entry.getValue();
            if (!Objects.equals(found, change.before()) && !Objects.equals(found, change.after())) {
                names.add(entry.getKey());
            }
        }
        return names;
    }

    private Path place(String name) {
        if (!isSafe(name)) {
            throw new IllegalArgumentException("The name of a mapping file is not one that is written.");
        }
        return root.resolve(name);
    }

    private static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + TEMPORARY);
    }

    private static Path folderOf(Path file) {
        Path folder = file.getParent();
        return folder == null ? file : folder;
    }

    /** On disk when it returns. */
    static void write(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
