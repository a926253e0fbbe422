package io.collimator.engine.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.collimator.dicom.identity.AssigningAuthority;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An assigning authority as events and the API show it: {@code {namespace, universalId, type}}, null when nobody is named. */
public final class AuthorityJson {

    private AuthorityJson() {}

    public static JsonNode of(Optional<AssigningAuthority> authority) {
        return authority
                .<JsonNode>map(known -> JsonNodeFactory.instance
                        .objectNode()
                        .put("namespace", orNull(known.namespace()))
                        .put("universalId", orNull(known.universalId()))
                        .put("type", orNull(known.universalIdType())))
                .orElse(NullNode.getInstance());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
