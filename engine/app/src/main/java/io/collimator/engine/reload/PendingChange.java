package io.collimator.engine.reload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.engine.reload.FileChanges.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A change that has been decided and is being written: a note in the data folder, so that an engine that is killed between
 * two files finishes the change at its next start instead of running a mixture (ADR 14).
 */
public final class PendingChange {

    private static final Logger LOG = LoggerFactory.getLogger(PendingChange.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "mapping.pending.json";

    private final Path file;

    /** @param dataFolder held by this engine */
    public PendingChange(Path dataFolder) {
        this.file = dataFolder.resolve(FILE);
    }

    public boolean isThere() {
        return Files.exists(file);
    }

    void note(FileChanges changes) throws IOException {
        ObjectNode files = JsonNodeFactory.instance.objectNode();
        changes.byName()
                .forEach((name, change) ->
                        files.putObject(name).put("before", change.before()).put("after", change.after()));
        Path temporary = file.resolveSibling(FILE + ".new");
        MappingFolder.write(temporary, JSON.writeValueAsString(files));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void done() throws IOException {
        Files.deleteIfExists(file);
    }

    /**
     * Writes the rest of a change that was interrupted. Files that somebody edited since are not touched, and neither are
     * the others then: the home counts as it is.
     *
     * @param mapping the mapping folder of the home
     * @throws IOException when the note or a file cannot be read or written
     */
    public void finish(Path mapping) throws IOException {
        if (!isThere()) {
            return;
        }
        FileChanges changes = read();
        MappingFolder folder = new MappingFolder(mapping);
        List<String> edited = folder.editedOtherwise(changes);
        if (edited.isEmpty()) {
            folder.prepare(changes);
            folder.finish(changes);
            LOG.warn("A change of the mapping was interrupted and is finished now: {}", changes.summary());
        } else {
            folder.forget(changes);
            LOG.warn("A change of the mapping was interrupted; it is given up, because these were edited: {}", edited);
        }
        done();
    }

    private FileChanges read() throws IOException {
        SortedMap<String, Change> changes = new TreeMap<>();
        JsonNode files = JSON.readTree(file.toFile());
        files.properties()
                .forEach(entry -> changes.put(
                        entry.getKey(),
                        new Change(
                                text(entry.getValue().path("before")),
                                text(entry.getValue().path("after")))));
        return new FileChanges(changes);
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }
}
