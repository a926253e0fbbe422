package io.collimator.dicom.operation;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.UidNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the log says of the presentation contexts that were proposed and not accepted (PS3.8 §9.3.3.2). Not thread-safe. */
public final class RejectedContexts {

    /** A peer may propose 128; the first ones tell what is wrong. */
    private static final int NAMED = 5;

    private final List<String> named = new ArrayList<>();
    private int count;

    /**
     * Notes one, unless it was accepted.
     *
     * @param sopClass null when none was named, or no UID
     * @param result the code of the answer, 0 for acceptance
     */
    public void add(@Nullable Uid sopClass, int result) {
        if (result != 0 && count++ < NAMED) {
            named.add(
                    "%s: %s".formatted(sopClass == null ? "no SOP class" : UidNames.described(sopClass), why(result)));
        }
    }

    private static String why(int result) {
        return switch (result) {
            case 1 -> "this AE may not use it; name its service in config/application-entities.yaml";
            case 2 -> "over the limit of presentation contexts or transfer syntaxes";
            case 3 -> "it is not served here";
            case 4 -> "none of its transfer syntaxes is read here";
            default -> "result " + result;
        };
    }

    /** For the end of a sentence; "" when every context was accepted. */
    @Override
    public String toString() {
        if (count == 0) {
            return "";
        }
        return "; rejected: " + String.join("; ", named)
                + (count > NAMED ? "; and %d more".formatted(count - NAMED) : "");
    }
}
