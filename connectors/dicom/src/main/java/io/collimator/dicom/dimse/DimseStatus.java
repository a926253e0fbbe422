package io.collimator.dicom.dimse;

import io.collimator.dicom.data.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status of a DIMSE response with what may go along with it (PS3.7 Annex C).
 *
 * @param code 0 to FFFFH
 * @param errorComment (0000,0902), cut to 64 characters; must hold no patient data
 * @param offendingElements (0000,0901) for C services, (0000,1005) for N services
 * @param errorId (0000,0903), for instance A710H
 */
public record DimseStatus(
        int code,
        @Nullable String errorComment,
        List<Tag> offendingElements,
        @Nullable Integer errorId) {

    public static final int PENDING_CODE = 0xFF00;
    public static final int PENDING_WARNING_CODE = 0xFF01;
    public static final int CANCEL_CODE = 0xFE00;

    public static final DimseStatus SUCCESS = of(0x0000);
    public static final DimseStatus PENDING = of(PENDING_CODE);
    public static final DimseStatus PENDING_WARNING = of(PENDING_WARNING_CODE);
    public static final DimseStatus CANCEL = of(CANCEL_CODE);

    private static final int MAX_COMMENT = 64;

    public DimseStatus {
        if ((code & ~0xFFFF) != 0) {
            throw new IllegalArgumentException("Status %X is over FFFFH; pass a 16-bit code.".formatted(code));
        }
        offendingElements = List.copyOf(offendingElements);
        if (errorComment != null && errorComment.length() > MAX_COMMENT) {
            errorComment = errorComment.substring(0, MAX_COMMENT);
        }
    }

    public static DimseStatus of(int code) {
        return new DimseStatus(code, null, List.of(), null);
    }

    public static DimseStatus of(int code, String errorComment, Tag... offendingElements) {
        return new DimseStatus(code, errorComment, List.of(offendingElements), null);
    }

    public DimseStatus withErrorId(int id) {
        return new DimseStatus(code, errorComment, offendingElements, id);
    }

    public boolean isSuccess() {
        return code == 0;
    }

    public boolean isPending() {
        return code == PENDING_CODE || code == PENDING_WARNING_CODE;
    }

    /** 0001H, 0107H, 0116H and Bxxx: done, with a remark. */
    public boolean isWarning() {
        return code == 0x0001 || code == 0x0107 || code == 0x0116 || (code & 0xF000) == 0xB000;
    }

    public boolean isFailure() {
        return !isSuccess() && !isPending() && !isWarning() && code != CANCEL_CODE;
    }

    @Override
    public String toString() {
        return "%04XH".formatted(code) + (errorComment == null ? "" : " " + errorComment);
    }
}
