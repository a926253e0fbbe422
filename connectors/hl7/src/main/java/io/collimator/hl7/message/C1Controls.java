package io.collimator.hl7.message;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of the C1 controls of one message, of which DICOM text has none (PS3.5 §6.1.3): characters of a Windows
 * code page where one is meant; the others stay, for the mapping to leave out. Used by one thread.
 */
final class C1Controls {

    private final Charset declared;
    private final Optional<Charset> page;
    private final boolean isTold;
    private boolean anyRead;
    private boolean anyLeft;

    /**
     * @param declared the set that the message was decoded by
     * @param standard the sender's own; a code page says what its C1 controls are
     */
    C1Controls(Charset declared, Charset standard) {
        this.declared = declared;
        this.isTold = CodePages.isCodePage(standard);
        this.page = isTold ? Optional.of(standard) : CodePages.behind(declared);
    }

    String read(String text) {
        if (!CodePages.hasC1(text)) {
            return text;
        }
        String read = page.map(known -> CodePages.readC1(text, known)).orElse(text);
        anyRead |= !read.equals(text);
        anyLeft |= CodePages.hasC1(read);
        return read;
    }

    /** What a person should know; nothing where the sender's own set told what they are. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (anyRead && !isTold) {
            warnings.add(
                    "The message was to be read as %s but holds bytes from 80H to 9FH, which are no characters there; they are read as %s. Let the sender's character-set in mapping/senders.yaml be %s, or send UNICODE UTF-8."
                            .formatted(declared, page.orElseThrow(), page.orElseThrow()));
        }
        if (anyLeft) {
            warnings.add(
                    "The message holds control characters from 80H to 9FH, which DICOM text has not; texts are taken without them, and a key that holds one is refused. Let the sender's character-set in mapping/senders.yaml be the one that is sent, for instance windows-1250.");
        }
        return warnings;
    }
}
