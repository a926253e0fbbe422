package io.collimator.engine.intake;

import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.message.Hl7Segment;
import io.collimator.hl7.message.OrderGroup;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import io.collimator.mapping.OrderNumbers;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.result.ReportedResult;
import io.collimator.workflow.result.ResultMessage;
import io.collimator.workflow.result.ResultStatus;
import io.collimator.workflow.usecase.AcceptResult;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** ORU^R01: results, passed on as they came. Their fields are the standard's, so that no definition maps them. */
public final class ResultMessages implements MessageHandler {

    private static final int ACCESSION_NUMBER = 18;
    private static final int REPORTED_AT = 22;
    private static final int RESULT_STATUS = 25;
    private static final int OBSERVATION_STATUS = 11;

    private final AcceptResult acceptResult;

    public ResultMessages(AcceptResult acceptResult) {
        this.acceptResult = acceptResult;
    }

    @Override
    public HandledMessage handle(MessageToHandle request) {
        Hl7Message message = request.message();
        SortedMap<Integer, ReportedResult> byRequest = new TreeMap<>();
        for (OrderGroup group : message.orderGroups()) {
            group.first("OBR").ifPresent(obr -> byRequest.put(obr.sequence(), result(group, request)));
        }
        List<ReportedResult> results = List.copyOf(byRequest.values());
        if (results.isEmpty()) {
            throw Hl7RejectedException.contentError(
                    ErrorCode.SEGMENT_SEQUENCE_ERROR,
                    ErrorLocation.ofSegment("OBR"),
                    "OBR segment is missing; a result message has one for each result.");
        }
        try {
            AcceptResult.Accepted accepted = acceptResult.accept(new ResultMessage(
                    request.reception(request.mapping().time(message.headers().field(7))),
                    message::textOf,
                    request.mapping()
                            .patientOf(message, request.profile())
                            .map(PatientMessages::patientId)
                            .orElse(null),
                    results));
            return new HandledMessage(
                    accepted.receipt(), accepted.repetition(), !accepted.forwarded(), null, List.of());
        } catch (OrderRefusedException e) {
            throw Refusals.of(e);
        }
    }

    private static ReportedResult result(OrderGroup group, MessageToHandle message) {
        Hl7Segment request = group.first("OBR").orElseThrow();
        OrderNumbers numbers = message.mapping().resultNumbers(group, message.profile());
        return new ReportedResult(
                OrderMessages.number(numbers.placer(), numbers.placerIssuer()),
                OrderMessages.number(numbers.filler(), numbers.fillerIssuer()),
                AccessionNumber.parse(request.value(ACCESSION_NUMBER).orEmpty()).orElse(null),
                procedure(request),
                ResultStatus.of(
                        request.value(RESULT_STATUS).orEmpty(),
                        group.all("OBX").stream()
                                .map(observation ->
                                        observation.value(OBSERVATION_STATUS).orEmpty())
                                .toList()),
                message.mapping().time(request.value(REPORTED_AT).orEmpty()).orElse(null));
    }

    private static String procedure(Hl7Segment request) {
        String code = request.value(4, 1).orEmpty().strip();
        return code.isEmpty()
                ? request.value(4, 2).orEmpty().strip()
                : code + "^" + request.value(4, 3).orEmpty().strip();
    }
}
