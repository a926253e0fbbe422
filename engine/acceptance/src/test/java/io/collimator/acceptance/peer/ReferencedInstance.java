package io.collimator.acceptance.peer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An instance that a performed step or a commitment names.
 *
 * @param reason Failure Reason (0008,1197), 0 when it did not fail
 */
public record ReferencedInstance(String sopClass, String instance, int reason) {

    public static final String CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2";

    public static ReferencedInstance ct(String instance) {
        return new ReferencedInstance(CT_IMAGE_STORAGE, instance, 0);
    }

    static List<ReferencedInstance> listOf(JsonNode references) {
        List<ReferencedInstance> list = new ArrayList<>();
        for (JsonNode reference : references) {
            list.add(new ReferencedInstance(
                    reference.path("sopClass").asText(),
                    reference.path("instance").asText(),
                    reference.path("reason").asInt(0)));
        }
        return list;
    }

    static JsonNode toJson(List<ReferencedInstance> instances) {
        var array = JsonLinePeer.JSON.createArrayNode();
        for (ReferencedInstance one : instances) {
            var item = array.addObject().put("sopClass", one.sopClass).put("instance", one.instance);
            if (one.reason != 0) {
                item.put("reason", one.reason);
            }
        }
        return array;
    }
}
