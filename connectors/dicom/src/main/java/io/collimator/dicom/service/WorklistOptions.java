package io.collimator.dicom.service;

/**
 * Extended negotiation of Modality Worklist (PS3.4 §K.5.1): bytes 1 and 2 are reserved and always 1, byte 3 is fuzzy
 * semantic matching of names, byte 4 time zone query adjustment.
 */
public record WorklistOptions(boolean fuzzyNames, boolean timeZoneAdjustment) {

    private static final int FUZZY = 3;
    private static final int TIME_ZONE = 4;
    private static final int SHORTEST = 3;

    /** Names match as they are written, times are local. */
    public static WorklistOptions none() {
        return new WorklistOptions(false, false);
    }

    public static WorklistOptions of(ApplicationInformation information) {
        return new WorklistOptions(information.at(FUZZY) == 1, information.at(TIME_ZONE) == 1);
    }

    /** What a requestor proposes that wants these. */
    public ApplicationInformation toInformation() {
        return ApplicationInformation.of(1, 1, fuzzyNames ? 1 : 0, timeZoneAdjustment ? 1 : 0);
    }

    /** What an acceptor answers that can do these: three or four bytes, each as proposed or 0. */
    public ApplicationInformation answer(ApplicationInformation proposed) {
        int[] answer = new int[proposed.size() == TIME_ZONE ? TIME_ZONE : SHORTEST];
        WorklistOptions wanted = of(proposed);
        answer[0] = 1;
        answer[1] = 1;
        answer[FUZZY - 1] = fuzzyNames && wanted.fuzzyNames ? 1 : 0;
        if (answer.length == TIME_ZONE) {
            answer[TIME_ZONE - 1] = timeZoneAdjustment && wanted.timeZoneAdjustment ? 1 : 0;
        }
        return ApplicationInformation.of(answer);
    }
}
