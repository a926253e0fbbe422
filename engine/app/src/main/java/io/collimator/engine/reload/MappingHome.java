package io.collimator.engine.reload;

import io.collimator.mapping.MappingFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mapping folder of the home, changed so that a kill at any moment loses nothing. */
public final class MappingHome {

    private static final Logger LOG = LoggerFactory.getLogger(MappingHome.class);
    private static final String OVERWRITTEN = "mapping-overwritten";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private final MappingFolder folder;
    private final PendingChange pending;
    private final Path dataFolder;
    private final Clock clock;

    /**
     * Names the places.
     *
     * @param mapping the home's mapping folder
     * @param dataFolder held by this engine
     */
    public MappingHome(Path mapping, Path dataFolder, Clock clock) {
        this.folder = new MappingFolder(mapping);
        this.pending = new PendingChange(dataFolder);
        this.dataFolder = dataFolder;
        this.clock = clock;
    }

    /**
     * Prepares everything and leaves the note that makes the next start finish it.
     *
     * @param running what the engine believes to lie there; a file that somebody edited since is kept elsewhere
     * @throws IOException when something cannot be written; nothing is changed then
     */
    Write begin(MappingFiles running, MappingFiles next) throws IOException {
        TreeSet<String> names = new TreeSet<>(running.texts().keySet());
        names.addAll(next.texts().keySet());
        Map<String, String> found = folder.read(names);
        FileChanges changes = FileChanges.between(found, next.texts());
        Write write = new Write(changes);
        try {
            write.keepEdited(running);
            folder.prepare(changes);
            pending.note(changes);
            return write;
        } catch (IOException e) {
            write.giveUp();
            throw e;
        }
    }

    /** A change under way. */
    final class Write {

        private final FileChanges changes;
        private final List<String> notes = new ArrayList<>();

        private Write(FileChanges changes) {
            this.changes = changes;
        }

        /** What a person should know. */
        List<String> notes() {
            return List.copyOf(notes);
        }

        /** Puts the files in place and takes the note away. */
        void finish() throws IOException {
            folder.finish(changes);
            pending.done();
        }

        /** Leaves the home as it was; what cannot be taken away is logged, and does no harm. */
        void giveUp() {
            try {
                pending.done();
                folder.forget(changes);
            } catch (IOException e) {
                LOG.warn("What was prepared for a change of the mapping cannot be taken away", e);
            }
        }

        private void keepEdited(MappingFiles running) throws IOException {
            Path keep = dataFolder.resolve(OVERWRITTEN).resolve(STAMP.format(clock.instant()));
            for (Map.Entry<String, FileChanges.Change> entry : changes.byName().entrySet()) {
                String found = entry.getValue().before();
                String believed = running.text(entry.getKey()).orElse(null);
                if (found != null && !Objects.equals(found, believed)) {
                    Path copy = keep.resolve(entry.getKey());
                    Path parent = copy.getParent();
                    Files.createDirectories(parent == null ? keep : parent);
                    MappingFolder.write(copy, found);
                    notes.add("mapping/%s had been edited and not applied; the edited file is kept as %s."
                            .formatted(entry.getKey(), copy));
                }
            }
        }
    }
}
