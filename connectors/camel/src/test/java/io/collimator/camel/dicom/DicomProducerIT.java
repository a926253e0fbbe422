package io.collimator.camel.dicom;

import static io.collimator.camel.dicom.Hospital.INTAKE;
import static io.collimator.camel.dicom.Hospital.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collimator.camel.receipt.Receipts;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.NResponse;
import io.collimator.dicom.service.DicomListener;
import io.collimator.dicom.service.DimseException;
import io.collimator.dicom.service.Matches;
import io.collimator.dicom.service.ServiceHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests of routes to registered peers, over real sockets. */
@Timeout(60)
class DicomProducerIT {

    private static final Uid COMMITMENT = Uids.StorageCommitmentPushModel;
    private static final DataSet ANY =
            Dictionary.dataSet().put(Tags.AccessionNumber, "A1").build();

    private static String to(String operation, String parameters) {
        return """
                - to:
                    uri: dicom:%s
                    parameters:
                      calledAeTitle: ARCHIVE
                """.formatted(operation) + parameters.indent(6);
    }

    private static Exchange send(Hospital hospital, Object body) {
        try (ProducerTemplate template = hospital.context.createProducerTemplate()) {
            return template.request(
                    "direct:in", exchange -> exchange.getMessage().setBody(body));
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void echo_reaches_a_registered_peer() throws Exception {
        try (Hospital hospital = new Hospital(route("direct:in", to("echo", "")), exchange -> {});
                DicomListener archive = hospital.archive(ServiceHandlers.none())) {
            Exchange exchange = send(hospital, "untouched");

            assertThat(archive.address()).isNotNull();
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader(DicomConstants.STATUS)).isEqualTo(DimseStatus.SUCCESS);
            assertThat(exchange.getMessage().getBody()).isEqualTo("untouched");
        }
    }

    @Test
    void a_peer_without_address_fails_the_exchange() throws Exception {
        try (Hospital hospital = new Hospital(route("direct:in", to("echo", "")), exchange -> {})) {
            assertThat(send(hospital, "x").getException()).hasMessageContaining("ARCHIVE", "application-entities.yaml");
        }
    }

    @Test
    void find_brings_the_matches_and_its_failures_are_exceptions() throws Exception {
        ServiceHandlers handlers = ServiceHandlers.builder()
                .find(Uids.ModalityWorklistInformationModelFind, request -> {
                    if (request.identifier().isEmpty()) {
                        throw new DimseException(DimseStatus.of(0xA900));
                    }
                    return Matches.of(List.of(ANY, ANY, ANY));
                })
                .build();
        try (Hospital hospital = new Hospital(route("direct:in", to("find", "maxMatches: 2")), exchange -> {});
                DicomListener archive = hospital.archive(handlers)) {
            assertThat(archive.address()).isNotNull();
            assertThat(send(hospital, ANY).getMessage().getBody()).isEqualTo(List.of(ANY, ANY));
            assertThat(send(hospital, DataSet.empty()).getException())
                    .isInstanceOfSatisfying(
                            DimseException.class,
                            e -> assertThat(e.status().code()).isEqualTo(0xA900));
            assertThat(send(hospital, 1).getException()).hasMessageContaining("set a DataSet");
        }
    }

    @Test
    void a_commitment_report_on_the_same_association_goes_to_its_route_and_ends_the_association() throws Exception {
        BlockingQueue<DicomAssociation> requests = new LinkedBlockingQueue<>(8);
        BlockingQueue<Object> reports = new LinkedBlockingQueue<>(8);
        ServiceHandlers handlers = ServiceHandlers.builder()
                .action(COMMITMENT, request -> {
                    requests.add(request.association());
                    return NResponse.success();
                })
                .build();
        String routes =
                route("direct:in", to("commitment", "reportTimeout: 30s")) + route("dicom:commitment-reports", INTAKE);
        Hospital.Step step = exchange -> {
            Receipts.committed().attachTo(exchange);
            reports.add(exchange.getMessage().getBody());
        };
        try (Hospital hospital = Hospital.open(routes, step);
                DicomListener archive = hospital.archive(handlers)) {
            Exchange exchange = send(hospital, ANY);
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody(NResponse.class).status()).isEqualTo(DimseStatus.SUCCESS);

            DicomAssociation theirs = requests.poll(60, TimeUnit.SECONDS);
            assertThat(theirs).isNotNull();
            assertThat(theirs.eventReport(COMMITMENT, Uids.StorageCommitmentPushModelInstance, 1, ANY)
                            .status())
                    .isEqualTo(DimseStatus.SUCCESS);

            assertThat(reports.poll(60, TimeUnit.SECONDS)).isEqualTo(ANY);
            await().atMost(Duration.ofMinutes(1)).until(() -> archive.associations() == 0);
        }
    }

    @Test
    void an_archive_that_does_not_report_loses_the_association_after_the_time_out() throws Exception {
        ServiceHandlers handlers = ServiceHandlers.builder()
                .action(COMMITMENT, request -> NResponse.success())
                .build();
        try (Hospital hospital =
                        new Hospital(route("direct:in", to("commitment", "reportTimeout: 300ms")), exchange -> {});
                DicomListener archive = hospital.archive(handlers)) {
            long sent = System.nanoTime();
            assertThat(send(hospital, ANY).getException()).isNull();

            await().atMost(Duration.ofMinutes(1)).until(() -> archive.associations() == 0);
            assertThat(Duration.ofNanos(System.nanoTime() - sent))
                    .as("it stayed open for a report")
                    .isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    void a_refused_commitment_fails_the_exchange_and_stopping_releases_what_is_open() throws Exception {
        ServiceHandlers handlers = ServiceHandlers.builder()
                .action(
                        COMMITMENT,
                        request -> request.information().isEmpty()
                                ? NResponse.of(DimseStatus.of(0x0110))
                                : NResponse.success())
                .build();
        Hospital hospital = new Hospital(route("direct:in", to("commitment", "reportTimeout: 1m")), exchange -> {});
        try (hospital;
                DicomListener archive = hospital.archive(handlers)) {
            assertThat(send(hospital, DataSet.empty()).getException()).isInstanceOf(DimseException.class);
            await().atMost(Duration.ofMinutes(1)).until(() -> archive.associations() == 0);
            for (int i = 0; i < ReportWindow.CAPACITY + 3; i++) {
                assertThat(send(hospital, ANY).getException()).isNull();
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> archive.associations() == ReportWindow.CAPACITY);

            hospital.context.stop();

            await().atMost(Duration.ofMinutes(1)).until(() -> archive.associations() == 0);
        }
    }

    @Test
    void wrong_parameters_do_not_start() {
        for (String steps : List.of(
                "- to: dicom:echo\n",
                "- to: {uri: 'dicom:worklist', parameters: {calledAeTitle: ARCHIVE}}\n",
                "- to: {uri: 'dicom:find', parameters: {calledAeTitle: ARCHIVE, maxMatches: 0}}\n",
                "- to: {uri: 'dicom:commitment', parameters: {calledAeTitle: ARCHIVE, reportTimeout: 1h}}\n",
                "- to: {uri: 'dicom:echo', parameters: {calledAeTitle: THIS_TITLE_IS_TOO_LONG}}\n",
                "- to: {uri: 'dicom:echo', parameters: {calledAeTitle: ARCHIVE, host: elsewhere}}\n")) {
            assertThatThrownBy(() -> new Hospital(route("direct:in", steps), exchange -> {}).close())
                    .as(steps)
                    .isInstanceOf(Exception.class);
        }
    }
}
