package io.collimator.workflow.exception;

import io.collimator.workflow.order.AccessionNumber;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that needs a person.
 *
 * @param source who caused it: AE title, or sending application and facility
 * @param summary one sentence for people: which field, what was found, what to do; no name or birth date, but for
 *     what a receiver says in its own words, in quotation marks
 * @param evidence what was received, as it was received; may be empty
 * @param closedAt when the engine found that it is over; null while it is not
 */
public record ExceptionRecord(
        UUID id,
        Instant at,
        ExceptionType type,
        @Nullable AccessionNumber accession,
        String source,
        String summary,
        Evidence evidence,
        @Nullable Instant closedAt) {

    /** One that is not over. */
    public ExceptionRecord(
            UUID id,
            Instant at,
            ExceptionType type,
            @Nullable AccessionNumber accession,
            String source,
            String summary,
            Evidence evidence) {
        this(id, at, type, accession, source, summary, evidence, null);
    }

    /**
     * Content that was received.
     *
     * @param mediaType {@link #HL7} or {@code application/dicom}
     */
    public record Evidence(String mediaType, byte[] content) {

        /** Media type of an HL7 v2 message. */
        public static final String HL7 = "x-application/hl7-v2+er7";

        public static final Evidence NONE = new Evidence("", new byte[0]);

        public Evidence {
            content = content.clone();
        }

        @Override
        public byte[] content() {
            return content.clone();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Evidence that
                    && mediaType.equals(that.mediaType)
                    && Arrays.equals(content, that.content);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(content);
        }

        @Override
        public String toString() {
            return "Evidence[" + mediaType + ", " + content.length + " bytes]";
        }
    }
}
