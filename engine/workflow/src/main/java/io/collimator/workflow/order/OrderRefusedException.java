package io.collimator.workflow.order;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An order, ADT or result message whose content is wrong (HL7 AE): nothing of it is applied. The text names no patient. */
public final class OrderRefusedException extends RuntimeException {

    /** HL7 table 0357: a required segment is missing. */
    public static final int SEGMENT_SEQUENCE_ERROR = 100;
    /** HL7 table 0357: a required field is missing. */
    public static final int REQUIRED_FIELD_MISSING = 101;
    /** HL7 table 0357: a value is not of its data type. */
    public static final int DATA_TYPE_ERROR = 102;
    /** HL7 table 0357: a code is not in its table. */
    public static final int TABLE_VALUE_NOT_FOUND = 103;
    /** HL7 table 0357: no such order or step. */
    public static final int UNKNOWN_KEY = 204;
    /** HL7 table 0357: the key belongs to another order, patient or state. */
    public static final int DUPLICATE_KEY = 205;
    /** HL7 table 0357: the record is in a state that does not allow it. */
    public static final int RECORD_LOCKED = 206;

    private static final long serialVersionUID = 1L;

    private final int code;
    private final int group;
    private final transient @Nullable Location location;

    public OrderRefusedException(int code, @Nullable Location location, String message) {
        this(code, location, message, 0);
    }

    /**
     * A refusal for what one group says.
     *
     * @param group its position in the message, from 1; 0 when it is not about one
     */
    public OrderRefusedException(int code, @Nullable Location location, String message, int group) {
        super(message);
        this.code = code;
        this.location = location;
        this.group = group;
    }

    /**
     * The place of the fault (ERR-2, HL7 v2.5.1 §2.15.5.2).
     *
     * @param segment name, for instance {@code OBR}
     * @param sequence which of the segments with that name, from 1
     * @param field from 1
     */
    public record Location(String segment, int sequence, int field) {

        /**
         * The place of a field in a group of a message; the segments of patient and appointment are there once.
         *
         * @param order which ORC of the message the group belongs to, from 1
         */
        public static Location of(OrderField field, OrderForm form, int group, int order) {
            return of(field.segment(form), field.field(form), group, order);
        }

        /** The place of a field that the sender's profile names, in a group of a message. */
        public static Location of(NamedField field, int group, int order) {
            return of(field.segment(), field.field(), group, order);
        }

        private static Location of(String segment, int field, int group, int order) {
            int sequence = switch (segment) {
                case "PID", "SCH" -> 1;
                case "ORC" -> order;
                default -> group;
            };
            return new Location(segment, sequence, field);
        }

        @Override
        public String toString() {
            return segment + "-" + field;
        }
    }

    /** HL7 table 0357, for ERR-3. */
    public int code() {
        return code;
    }

    /** The group at fault by its position in the message, from 1; 0 when it is not about one. */
    public int group() {
        return group;
    }

    /** Empty when the fault is in no field that we could name. */
    public Optional<Location> location() {
        return Optional.ofNullable(location);
    }
}
