package io.collimator.bench;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.net.NettyDicomProvider;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.FindResult;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import java.time.format.DateTimeFormatter;
import java.util.BitSet;
import java.util.List;

/** Asks the worklist for every order that was acknowledged, a day at a time. */
final class WorklistCheck {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");

    private WorklistCheck() {}

    /**
     * What was found of the acknowledged orders.
     *
     * @param acknowledged orders answered AA
     * @param once of these, those found exactly once
     * @param missing those not found
     * @param repeated those found more than once
     */
    record Outcome(int acknowledged, int once, int missing, int repeated) {

        boolean isComplete() {
            return once == acknowledged;
        }
    }

    static Outcome run(int dicomPort, Load load) {
        BitSet acknowledged = load.acknowledged();
        int[] seen = new int[acknowledged.length()];
        try (NettyDicomProvider provider = new NettyDicomProvider();
                DicomAssociation association = provider.open(new AssociationRequest(
                        AeTitle.parse(EngineHome.modalityAe()).orElseThrow(),
                        AeTitle.parse("COLLIMATOR").orElseThrow(),
                        "127.0.0.1",
                        dicomPort,
                        List.of(PresentationContextProposal.scu(Uids.ModalityWorklistInformationModelFind)),
                        ServiceHandlers.none(),
                        DicomLimits.defaults()))) {
            for (int first = 0; first < seen.length; first += OrderText.ORDERS_A_DAY) {
                count(ask(association, load.orders(), first), load.orders(), seen);
            }
        }
        return outcome(acknowledged, seen);
    }

    private static FindResult ask(DicomAssociation association, OrderText orders, int first) {
        DataSet step = Dictionary.dataSet()
                .put(Tags.ScheduledProcedureStepStartDate, DATE.format(orders.day(first)))
                .build();
        DataSet keys = Dictionary.dataSet()
                .put(Tags.AccessionNumber, orders.prefix() + "*")
                .items(Tags.ScheduledProcedureStepSequence, step)
                .build();
        FindResult result = association.find(
                Uids.ModalityWorklistInformationModelFind,
                SpecificCharacterSet.declareFor(keys, SpecificCharacterSet.ASCII),
                2 * OrderText.ORDERS_A_DAY);
        if (!result.status().isSuccess()) {
            throw new IllegalStateException("The worklist ended with status %s.".formatted(result.status()));
        }
        return result;
    }

    private static void count(FindResult found, OrderText orders, int[] seen) {
        for (DataSet match : found.matches()) {
            long number = orders.numberOf(match.text(Tags.AccessionNumber));
            if (number < seen.length) {
                seen[Math.toIntExact(number)]++;
            }
        }
    }

    private static Outcome outcome(BitSet acknowledged, int[] seen) {
        int once = 0;
        int missing = 0;
        int repeated = 0;
        for (int i = acknowledged.nextSetBit(0); i >= 0; i = acknowledged.nextSetBit(i + 1)) {
            if (seen[i] == 1) {
                once++;
            } else if (seen[i] == 0) {
                missing++;
            } else {
                repeated++;
            }
        }
        return new Outcome(acknowledged.cardinality(), once, missing, repeated);
    }
}
