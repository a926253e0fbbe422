package io.collimator.camel.dicom;

import static io.collimator.camel.dicom.Hospital.ARCHIVE;
import static io.collimator.camel.dicom.Hospital.CT1;
import static io.collimator.camel.dicom.Hospital.INTAKE;
import static io.collimator.camel.dicom.Hospital.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.camel.receipt.Receipts;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.Cancellation;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.FindResult;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.Matches;
import io.collimator.dicom.service.PresentationContextProposal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which status goes out, read from a real association. */
@Timeout(60)
class DicomConsumerIT {

    private static final Uid MWL = Uids.ModalityWorklistInformationModelFind;
    private static final Uid MPPS = Uids.ModalityPerformedProcedureStep;
    private static final Uid COMMITMENT = Uids.StorageCommitmentPushModel;
    private static final Uid STEP = new Uid("1.2.3.4");
    private static final DataSet ANY =
            Dictionary.dataSet().put(Tags.AccessionNumber, "A1").build();

    private static void commit(Exchange exchange) {
        Receipts.committed().attachTo(exchange);
    }

    /** What an N-CREATE is answered by this route. */
    private static NResponse create(String routes, Hospital.Step step) throws Exception {
        try (Hospital hospital = Hospital.open(routes, step);
                DicomAssociation association = hospital.call(MPPS)) {
            return association.create(MPPS, STEP, ANY);
        }
    }

    private static DimseStatus find(Hospital.Step step) throws Exception {
        try (Hospital hospital = Hospital.open(route("dicom:worklist", INTAKE), step);
                DicomAssociation association = hospital.call(MWL)) {
            return association.find(MWL, ANY, 10).status();
        }
    }

    @Test
    void a_find_gets_the_matches_that_the_route_left_and_closes_them() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        Map<String, Object> seen = new ConcurrentHashMap<>();
        Hospital.Step step = exchange -> {
            seen.putAll(exchange.getMessage().getHeaders());
            seen.put("body", exchange.getMessage().getBody());
            seen.put(
                    "cancelled",
                    exchange.getProperty(DicomConstants.CANCELLATION, Cancellation.class)
                            .isCancelled());
            Matches matches = Matches.of(List.of(ANY, ANY));
            exchange.getMessage().setBody(new Matches() {
                @Override
                public boolean hasNext() {
                    return matches.hasNext();
                }

                @Override
                public DataSet next() {
                    return matches.next();
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            });
        };

        try (Hospital hospital = Hospital.open(route("dicom:worklist", INTAKE), step);
                DicomAssociation association = hospital.call(MWL)) {
            FindResult result = association.find(MWL, ANY, 10);

            assertThat(result.status()).isEqualTo(DimseStatus.SUCCESS);
            assertThat(result.matches()).containsExactly(ANY, ANY);
        }
        assertThat(closed).hasValue(1);
        assertThat(seen)
                .containsEntry("body", ANY)
                .containsEntry("cancelled", false)
                .containsEntry(DicomConstants.CALLING_AE_TITLE, CT1)
                .containsEntry(DicomConstants.CALLED_AE_TITLE, Hospital.COLLIMATOR)
                .containsEntry(DicomConstants.SERVICE, DimseService.C_FIND)
                .containsEntry(DicomConstants.SOP_CLASS_UID, MWL)
                .containsKeys(DicomConstants.MESSAGE_ID, DicomConstants.ASSOCIATION_ID);
    }

    @Test
    void a_find_without_matches_is_unable_to_process() throws Exception {
        assertThat(find(exchange -> {}).code()).isEqualTo(0xC001);
        assertThat(find(exchange -> exchange.getMessage().setBody(List.of(ANY))).code())
                .isEqualTo(0xC001);
    }

    @Test
    void a_find_ends_with_the_status_that_the_route_throws_and_no_internals_otherwise() throws Exception {
        DimseStatus refused = DimseStatus.of(0xA900, "Bad date", Tags.ScheduledProcedureStepStartDate);

        assertThat(find(exchange -> {
                    throw new DimseException(refused);
                }))
                .isEqualTo(refused);
        assertThat(find(exchange -> {
                    throw new IllegalStateException("jdbc:secret");
                }))
                .satisfies(status -> {
                    assertThat(status.code()).isEqualTo(0xC001);
                    assertThat(status.errorComment()).doesNotContain("jdbc");
                });
    }

    @Test
    void a_request_succeeds_with_a_receipt() throws Exception {
        NResponse response = create(route("dicom:performed-steps", INTAKE), DicomConsumerIT::commit);

        assertThat(response.status()).isEqualTo(DimseStatus.SUCCESS);
        assertThat(response.dataSet().isEmpty()).isTrue();
    }

    @Test
    void the_reply_of_the_route_is_the_response() throws Exception {
        Hospital.Step step = exchange -> {
            commit(exchange);
            exchange.getMessage().setBody(new NResponse(DimseStatus.of(0x0116, "Out of range"), STEP, DataSet.empty()));
        };

        NResponse response = create(route("dicom:performed-steps", INTAKE), step);

        assertThat(response.status().code()).isEqualTo(0x0116);
        assertThat(response.sopInstance()).isEqualTo(STEP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- log: no intake here\n",
                "- stop: {}\n" + INTAKE,
                "- filter: {simple: \"${header.CamelDicomCallingAeTitle} != 'CT1'\", steps: [{bean: {ref: intake, method: run}}]}\n",
                "- setBody: {constant: done}\n",
                "- setProperty: {name: CollimatorAcknowledgementReceipt, constant: done}\n",
            })
    void a_route_that_lost_its_intake_step_never_succeeds(String steps) throws Exception {
        NResponse response = create(route("dicom:performed-steps", steps), DicomConsumerIT::commit);

        assertThat(response.status()).isEqualTo(RouteOutcome.NOT_STORED);
    }

    @Test
    void success_and_warnings_without_receipt_are_a_failure_and_failures_pass() throws Exception {
        for (int code : new int[] {0x0000, 0x0107, 0xB010, 0xFF00, 0xFE00}) {
            assertThat(create(
                                    route("dicom:performed-steps", INTAKE),
                                    exchange -> exchange.getMessage().setBody(NResponse.of(DimseStatus.of(code))))
                            .status())
                    .as("%04XH", code)
                    .isEqualTo(RouteOutcome.NOT_STORED);
        }
        assertThat(create(
                                route("dicom:performed-steps", INTAKE),
                                exchange -> exchange.getMessage().setBody(NResponse.of(DimseStatus.of(0x0111))))
                        .status()
                        .code())
                .isEqualTo(0x0111);
    }

    @Test
    void what_the_route_throws_decides_also_after_a_commit() throws Exception {
        DimseStatus finished =
                DimseStatus.of(0x0110, "May no longer be updated").withErrorId(0xA710);
        String routes = route("dicom:performed-steps", INTAKE);

        assertThat(create(routes, exchange -> {
                            commit(exchange);
                            throw new DimseException(finished);
                        })
                        .status())
                .isEqualTo(finished);
        assertThat(create(routes, exchange -> {
                            commit(exchange);
                            throw new IllegalStateException("jdbc:secret");
                        })
                        .status())
                .isEqualTo(RouteOutcome.FAILED);
        assertThat(create(routes, exchange -> {
                            throw new DimseException(DimseStatus.SUCCESS);
                        })
                        .status())
                .isEqualTo(RouteOutcome.FAILED);
    }

    @Test
    void a_refusal_keeps_the_attributes_that_explain_it() throws Exception {
        DataSet atFault = Dictionary.dataSet()
                .put(Tags.PerformedProcedureStepStatus, "UNHEARD")
                .build();

        NResponse refused = create(route("dicom:performed-steps", INTAKE), exchange -> {
            throw new DimseException(DimseStatus.of(0x0106, "No such status"), atFault);
        });

        assertThat(refused.status().code()).isEqualTo(0x0106);
        assertThat(refused.dataSet()).isEqualTo(atFault);
    }

    @Test
    void an_error_block_does_not_turn_a_failure_into_success() throws Exception {
        String routes = """
                - onException:
                    exception: [java.lang.Throwable]
                    handled: {constant: "true"}
                    steps:
                      - setBody: {constant: fine}
                """ + route("dicom:performed-steps", INTAKE);

        assertThat(create(routes, exchange -> {
                            throw new IllegalStateException("x");
                        })
                        .status())
                .isEqualTo(RouteOutcome.NOT_STORED);
        assertThat(create(routes, exchange -> {
                            throw new DimseException(DimseStatus.of(0x0111));
                        })
                        .status()
                        .code())
                .isEqualTo(0x0111);
    }

    @Test
    void an_instance_that_the_modality_left_to_us_has_a_uid_in_the_response() throws Exception {
        Hospital.Step step = exchange -> {
            commit(exchange);
            if (exchange.getMessage().getHeader(DicomConstants.SOP_INSTANCE_UID) == null
                    && exchange.getMessage().getBody(DataSet.class).size() == 1) {
                exchange.getMessage().setBody(new NResponse(DimseStatus.SUCCESS, STEP, DataSet.empty()));
            }
        };
        try (Hospital hospital = Hospital.open(route("dicom:performed-steps", INTAKE), step);
                DicomAssociation association = hospital.call(MPPS)) {
            NResponse named = association.create(MPPS, null, ANY);
            NResponse nameless = association.create(MPPS, null, DataSet.empty());

            assertThat(named.status()).isEqualTo(DimseStatus.SUCCESS);
            assertThat(named.sopInstance()).isEqualTo(STEP);
            assertThat(nameless.status()).isEqualTo(RouteOutcome.NO_INSTANCE_UID);
        }
    }

    @Test
    void every_service_is_told_apart_and_brings_its_own_headers() throws Exception {
        Map<String, Map<String, Object>> seen = new ConcurrentHashMap<>();
        Hospital.Step step = exchange -> {
            commit(exchange);
            seen.put(
                    exchange.getMessage().getHeader(DicomConstants.SERVICE, String.class),
                    exchange.getMessage().getHeaders());
        };
        String routes = route("dicom:performed-steps", INTAKE)
                + route("dicom:commitment", INTAKE)
                + route("dicom:commitment-reports", INTAKE);
        try (Hospital hospital = Hospital.open(routes, step)) {
            try (DicomAssociation association = hospital.call(MPPS)) {
                assertThat(association.create(MPPS, STEP, ANY).status()).isEqualTo(DimseStatus.SUCCESS);
                assertThat(association.set(MPPS, STEP, ANY).status()).isEqualTo(DimseStatus.SUCCESS);
            }
            try (DicomAssociation association = hospital.call(COMMITMENT)) {
                assertThat(association
                                .action(COMMITMENT, Uids.StorageCommitmentPushModelInstance, 1, ANY)
                                .status())
                        .isEqualTo(DimseStatus.SUCCESS);
            }
            try (DicomAssociation association = hospital.call(ARCHIVE, PresentationContextProposal.scp(COMMITMENT))) {
                assertThat(association
                                .eventReport(COMMITMENT, Uids.StorageCommitmentPushModelInstance, 2, ANY)
                                .status())
                        .isEqualTo(DimseStatus.SUCCESS);
            }
        }

        assertThat(seen).containsOnlyKeys("N-CREATE", "N-SET", "N-ACTION", "N-EVENT-REPORT");
        assertThat(seen.get("N-SET")).containsEntry(DicomConstants.SOP_INSTANCE_UID, STEP);
        assertThat(seen.get("N-ACTION")).containsEntry(DicomConstants.ACTION_TYPE_ID, 1);
        assertThat(seen.get("N-EVENT-REPORT"))
                .containsEntry(DicomConstants.EVENT_TYPE_ID, 2)
                .containsEntry(DicomConstants.CALLING_AE_TITLE, ARCHIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dicom:commitment", "dicom:commitment-reports"})
    void commitment_needs_a_receipt_both_ways(String uri) throws Exception {
        try (Hospital hospital = Hospital.open(route(uri, "- stop: {}\n"), DicomConsumerIT::commit)) {
            boolean reports = uri.endsWith("reports");
            try (DicomAssociation association = reports
                    ? hospital.call(ARCHIVE, PresentationContextProposal.scp(COMMITMENT))
                    : hospital.call(COMMITMENT)) {
                NResponse response = reports
                        ? association.eventReport(COMMITMENT, Uids.StorageCommitmentPushModelInstance, 1, ANY)
                        : association.action(COMMITMENT, Uids.StorageCommitmentPushModelInstance, 1, ANY);

                assertThat(response.status()).isEqualTo(RouteOutcome.NOT_STORED);
            }
        }
    }

    @Test
    void a_service_without_route_is_rejected_and_a_stopped_one_says_so() throws Exception {
        try (Hospital hospital = Hospital.open(route("dicom:performed-steps", INTAKE), DicomConsumerIT::commit);
                DicomAssociation association = hospital.call(MPPS)) {
            assertThatThrownBy(() -> {
                        try (DicomAssociation other = hospital.call(MWL)) {
                            other.find(MWL, ANY, 1);
                        }
                    })
                    .isInstanceOf(AssociationException.class);

            hospital.context.getRouteController().stopRoute("dicom-performed-steps");
            assertThat(association.create(MPPS, STEP, ANY).status()).isEqualTo(ConsumerTable.NO_ROUTE);
            hospital.context.getRouteController().startRoute("dicom-performed-steps");
            assertThat(association.create(MPPS, STEP, ANY).status()).isEqualTo(DimseStatus.SUCCESS);
        }
    }

    @Test
    void two_routes_on_one_service_and_unknown_operations_do_not_start() {
        assertThatThrownBy(() -> Hospital.open(
                                route("dicom:worklist", INTAKE)
                                        + route("dicom:worklist", INTAKE).replace("dicom-worklist", "second"),
                                DicomConsumerIT::commit)
                        .close())
                .isInstanceOf(Exception.class);
        assertThatThrownBy(() -> Hospital.open(route("dicom:images", INTAKE), DicomConsumerIT::commit)
                        .close())
                .hasStackTraceContaining("dicom:images is unknown; consume one of worklist, performed-steps");
        assertThatThrownBy(() -> Hospital.open(route("dicom:echo", INTAKE), DicomConsumerIT::commit)
                        .close())
                .hasStackTraceContaining("dicom:echo cannot be consumed");
    }
}
