package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.OrderDesk.ACC1;
import static io.collimator.workflow.usecase.OrderDesk.ACC2;
import static io.collimator.workflow.usecase.OrderDesk.refusal;
import static io.collimator.workflow.usecase.OrderDraft.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.order.OrderForm;
import io.collimator.workflow.order.OrderMessage;
import io.collimator.workflow.order.OrderPolicies;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.order.ReceivedMessage;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.order.Repetition;
import io.collimator.workflow.testing.Fixtures;
import io.collimator.workflow.worklist.StepStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that change nothing: those with a fault, and those that came before. */
class RefusedAndRepeatedOrdersTest {

    private final OrderDesk desk = new OrderDesk();

    @Test
    void one_wrong_group_stops_the_whole_message() {
        // when
        desk.refused(
                order("NW").build(),
                order("NW").filler("FIL2").accession("ACCESSION-TOO-LONG").build());

        // then
        assertThat(desk.store.received()).isEmpty();
        assertThat(desk.store.accessions().find(ACC1)).isEmpty();
    }

    @Test
    void faults_are_named_by_code_field_and_group() {
        desk.accept(order("NW").build());
        desk.accept(order("NW")
                .filler("FIL9")
                .accession("ACC9")
                .patient("PID-9")
                .study("1.2.9")
                .build());

        desk.assertRefused("101 ORC-3", order("NW").without(Tags.FillerOrderNumberImagingServiceRequest));
        desk.assertRefused("102 OBR-18", order("NW").accession("ACCESSION-TOO-LONG"));
        desk.assertRefused(
                "102 ORC-3", order("NW").without(Tags.AccessionNumber).filler("FILLER-NUMBER-17C"));
        desk.assertRefused("102 ZDS-1", order("NW").study("1.2.03"));
        desk.assertRefused("102 OBR-19", order("NW").put(Tags.RequestedProcedureID, "12345678901234567"));
        desk.assertRefused("102 OBR-20", order("NW").stepId("12345678901234567"));
        desk.assertRefused("101 PID-3", order("NW").filler("F").accession("A").without(Tags.PatientID));
        desk.assertRefused(
                "101 PID-5",
                order("NW")
                        .filler("F")
                        .accession("A")
                        .patient("PID-8")
                        .study("1.2.8")
                        .without(Tags.PatientName));
        desk.assertRefused("101 PID-5", order("XO").put(Tags.PatientName));
        desk.assertRefused("101 OBR-24", order("NW").filler("F").accession("A").withoutInStep(Tags.Modality));
        desk.assertRefused("204 ORC-3", order("CA").filler("UNKNOWN"));
        desk.assertRefused("204 OBR-18", order("CA").accession("UNKNOWN"));
        desk.assertRefused("204 OBR-20", order("CA").stepId("UNKNOWN"));
        desk.assertRefused("205 PID-3", order("XO").patient("PID-2"));
        desk.assertRefused("205 PID-3", order("CA").patient("PID-2"));
        desk.assertRefused("205 OBR-18", order("NW").filler("FIL2"));
        desk.assertRefused("205 OBR-18", order("XO").accession("ACC2"));
        desk.assertRefused("205 ZDS-1", order("NW").filler("F").accession("A").study("1.2.9"));
    }

    @Test
    void a_fault_in_an_imaging_order_is_named_in_its_ipc() {
        OrderMessage message = desk.message(
                OrderForm.IPC, order("NW").accession("ACCESSION-TOO-LONG").build());

        assertThatThrownBy(() -> desk.accept(message))
                .satisfies(e -> assertThat(refusal(e)).isEqualTo("102 IPC-1"));
    }

    @Test
    void the_same_message_again_changes_nothing_and_is_accepted() {
        // given
        OrderMessage message = desk.message(OrderForm.OBR, order("NW").build());
        desk.accept(message);
        desk.accept(order("CA").build());
        int before = desk.notices().size();

        // when
        AcceptOrder.Accepted again = desk.accept(message);

        // then
        assertThat(again.repetition()).isEqualTo(Repetition.SAME_MESSAGE);
        assertThat(desk.notices()).hasSize(before);
        assertThat(desk.onlyStep(ACC1).status()).isEqualTo(StepStatus.CANCELLED);
    }

    @Test
    void a_message_that_was_refused_is_processed_anew() {
        // given
        OrderMessage cancel = desk.message(OrderForm.OBR, order("CA").build());
        assertThatThrownBy(() -> desk.accept(cancel)).isInstanceOf(OrderRefusedException.class);
        desk.accept(order("NW").build());

        // when
        AcceptOrder.Accepted accepted = desk.accept(cancel);

        // then
        assertThat(accepted.repetition()).isEqualTo(Repetition.NONE);
        assertThat(desk.onlyStep(ACC1).status()).isEqualTo(StepStatus.CANCELLED);
    }

    @Test
    void a_control_id_with_other_content_is_processed_and_told() {
        // given
        desk.accept(order("NW").build());
        OrderMessage other = new OrderMessage(
                new Reception(
                        new ReceivedMessage.Key("RIS|NORTH", "1", "other digest"),
                        "ORM^O01",
                        "default",
                        Fixtures.NOW,
                        null,
                        new byte[] {1}),
                OrderForm.OBR,
                OrderPolicies.STANDARD,
                List.of(order("NW")
                        .filler("FIL2")
                        .accession("ACC2")
                        .study("1.2.2")
                        .build()));

        // when
        AcceptOrder.Accepted accepted = desk.accept(other);

        // then
        assertThat(accepted.repetition()).isEqualTo(Repetition.SAME_CONTROL_ID);
        assertThat(desk.accession(ACC2).isOrdered()).isTrue();
    }
}
