package io.collimator.hl7.message;

import io.collimator.hl7.message.Hl7Batch.Part;
import io.collimator.hl7.message.MessageSlices.Stretch;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cuts a batch, or several messages in a row, at the lines that begin with MSH, FHS, BHS, BTS or FTS; one pass over the bytes. */
final class BatchSplitter {

    private static final int MAX_HEADER = 8192;

    private final byte[] content;
    private final int maxMessages;

    private final List<Part> parts = new ArrayList<>();
    /** Of the whole frame. */
    private final List<Stretch> all = new ArrayList<>();
    /** Of the part that is open. */
    private final List<Stretch> messages = new ArrayList<>();

    private final List<String> warnings = new ArrayList<>();
    private @Nullable Envelope file;
    private @Nullable Envelope header;
    private boolean partOpen;
    private boolean fileEnded;
    private int messageStart = -1;

    BatchSplitter(byte[] content, int maxMessages) {
        this.content = content;
        this.maxMessages = maxMessages;
    }

    /** Where FHS, BHS or the first of several MSH begins, -1 when the content begins with something else or is one message. */
    static int start(byte[] content) {
        int at = Hl7Headers.hasByteOrderMark(content) ? 3 : 0;
        while (at < content.length && (content[at] == ' ' || isLineEnd(content[at]))) {
            at++;
        }
        return isNamed(content, at, "FHS") || isNamed(content, at, "BHS") || isFirstOfSeveral(content, at) ? at : -1;
    }

    private static boolean isFirstOfSeveral(byte[] content, int at) {
        if (!isNamed(content, at, "MSH")) {
            return false;
        }
        for (int line = nextLine(content, at); line + 3 < content.length; line = nextLine(content, line)) {
            if (isNamed(content, line, "MSH") && content[line + 3] == content[at + 3]) {
                return true;
            }
        }
        return false;
    }

    Hl7Batch split(int start) {
        for (int line = start; line < content.length; line = nextLine(content, line)) {
            if (!isLineEnd(content[line])) {
                line(line);
            }
        }
        endMessage(content.length);
        endPart();
        if (file != null && !fileEnded) {
            warnings.add("FHS has no FTS; the file may have been cut short.");
        }
        return new Hl7Batch(Optional.ofNullable(file), parts, new MessageSlices(content, all), warnings);
    }

    private void line(int at) {
        if (isNamed(content, at, "FHS")) {
            endMessage(at);
            file = file == null ? new Envelope(text(at)) : file;
        } else if (isNamed(content, at, "BHS")) {
            endMessage(at);
            if (partOpen) {
                missingEnd();
            }
            endPart();
            header = new Envelope(text(at));
            partOpen = true;
        } else if (isNamed(content, at, "BTS")) {
            endMessage(at);
            check("BTS-1", at, messages.size(), "messages");
            partOpen = false;
            endPart();
        } else if (isNamed(content, at, "FTS")) {
            endMessage(at);
            endPart();
            check("FTS-1", at, parts.size(), "batches");
            fileEnded = true;
        } else if (isNamed(content, at, "MSH") || (messageStart < 0 && !isBlank(text(at)))) {
            endMessage(at);
            messageStart = at;
        }
    }

    private void endMessage(int end) {
        if (messageStart < 0) {
            return;
        }
        if (all.size() == maxMessages) {
            throw Hl7RejectedException.contentError(
                    ErrorCode.SEGMENT_SEQUENCE_ERROR,
                    ErrorLocation.ofSegment("BHS"),
                    "The batch holds more than %d messages. Send it in parts.".formatted(maxMessages));
        }
        Stretch message = new Stretch(messageStart, end);
        all.add(message);
        messages.add(message);
        messageStart = -1;
    }

    private void endPart() {
        if (partOpen) {
            missingEnd();
        }
        if (header != null || !messages.isEmpty()) {
            parts.add(new Part(Optional.ofNullable(header), new MessageSlices(content, messages)));
        }
        header = null;
        partOpen = false;
        messages.clear();
    }

    private void missingEnd() {
        warnings.add("BHS has no BTS; the batch may have been cut short.");
        partOpen = false;
    }

    private void check(String field, int at, int found, String what) {
        String line = text(at);
        String declared =
                line.length() > 4 ? line.substring(4).split("[^0-9]", 2)[0].replaceFirst("^0+(?=.)", "") : "";
        if (!declared.isEmpty() && !declared.equals(Integer.toString(found))) {
            warnings.add("%s is %s, but %d %s were found; check whether the batch was cut short."
                    .formatted(
                            field, declared.length() > 10 ? declared.substring(0, 10) + "…" : declared, found, what));
        }
    }

    private String text(int from) {
        int end = from;
        while (end < content.length && !isLineEnd(content[end]) && end - from < MAX_HEADER) {
            end++;
        }
        return new String(content, from, end - from, StandardCharsets.ISO_8859_1);
    }

    private static int nextLine(byte[] content, int from) {
        int at = from;
        while (at < content.length && !isLineEnd(content[at])) {
            at++;
        }
        return at + 1;
    }

    /** A segment of this name begins here. */
    private static boolean isNamed(byte[] content, int at, String name) {
        if (at + name.length() > content.length) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (content[at + i] != name.charAt(i)) {
                return false;
            }
        }
        int behind = at + name.length();
        return behind == content.length
                || isLineEnd(content[behind])
                || (content[behind] > ' ' && content[behind] < 0x7F && !Character.isLetterOrDigit(content[behind]));
    }

    private static boolean isBlank(String line) {
        return line.chars().allMatch(c -> c <= ' ');
    }

    private static boolean isLineEnd(byte candidate) {
        return candidate == '\r' || candidate == '\n';
    }
}
