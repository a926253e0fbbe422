package io.collimator.engine.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.mapping.MappingFiles;
import java.nio.file.Files;
import java.nio.file.Path;

/** The mapping of a folder: a home, or a mapping folder itself. */
final class MappingSource {

    private MappingSource() {}

    /** @throws io.collimator.mapping.MappingException when it is none */
    static MappingFiles read(Path folder) {
        return MappingFiles.read(placeIn(folder));
    }

    static Path placeIn(Path folder) {
        Path inHome = folder.resolve("mapping");
        if (Files.isDirectory(inHome.resolve("definitions"))) {
            return inHome;
        } else if (Files.isDirectory(folder.resolve("definitions"))) {
            return folder;
        }
        throw new CommandFailedException(
                "%s holds no mapping; name a folder with mapping/definitions and mapping/tables in it."
                        .formatted(folder));
    }

    /** As the engine takes it. */
    static ObjectNode json(MappingFiles files) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode texts = body.putObject("files");
        files.texts().forEach(texts::put);
        return body;
    }
}
