package io.collimator.engine.peers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.engine.config.ApplicationEntity;
import java.time.Duration;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Peers and echoes as JSON, the same for the API and for {@code collimator echo --json}. */
public final class PeersJson {

    private PeersJson() {}

    /** What the registry says of a peer. */
    public static ObjectNode of(ApplicationEntity entity) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("aeTitle", entity.title().value())
                .put("description", entity.description())
                .put("host", entity.isReachable() ? entity.host() : null)
                .put("port", entity.isReachable() ? Integer.valueOf(entity.port()) : null);
        ArrayNode hosts = json.putArray("hosts");
        entity.hosts().forEach(hosts::add);
        ArrayNode services = json.putArray("services");
        entity.services().stream()
                .map(service -> service.name().toLowerCase(Locale.ROOT))
                .sorted()
                .forEach(services::add);
        json.put("characterSet", entity.characterSet().isEmpty() ? null : entity.characterSet());
        json.put("characterSetFallback", entity.fallback().label());
        json.putObject("archive").put("commitment", entity.commitmentArchive());
        return json.put("simulated", entity.simulated());
    }

    /** What became of an echo. */
    public static ObjectNode of(EchoResult result) {
        DimseStatus status = result.status();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("aeTitle", result.peer().value())
                .put("reachable", result.isReachable())
                .put("status", status == null ? null : "%04XH".formatted(status.code()))
                .put("roundTripMillis", millis(result.roundTrip()));
        ArrayNode contexts = json.putArray("acceptedContexts");
        new TreeMap<>(result.contexts()).forEach((sopClass, syntaxes) -> {
            ObjectNode context =
                    contexts.addObject().put("sopClass", sopClass.value()).put("name", SopClassNames.of(sopClass));
            ArrayNode names = context.putArray("transferSyntaxes");
            new TreeSet<>(syntaxes).stream().map(Uid::value).forEach(names::add);
        });
        return json.put("problem", result.problem().isEmpty() ? null : result.problem());
    }

    /** Milliseconds with three decimals, null for none. */
    private static @Nullable Double millis(@Nullable Duration duration) {
        return duration == null ? null : Double.valueOf(TimeUnit.NANOSECONDS.toMicros(duration.toNanos()) / 1000.0);
    }
}
