package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.OrderDesk.ACC1;
import static io.collimator.workflow.usecase.OrderDesk.refusal;
import static io.collimator.workflow.usecase.OrderDraft.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.order.NamedField;
import io.collimator.workflow.order.OrderForm;
import io.collimator.workflow.order.OrderMessage;
import io.collimator.workflow.order.OrderPolicies;
import io.collimator.workflow.order.OrderPolicies.StudyUid;
import io.collimator.workflow.order.OrderPolicies.UnknownCancel;
import io.collimator.workflow.order.OrderPolicies.UnknownChange;
import io.collimator.workflow.order.OrderRefusedException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sender's profile decides. */
class SenderPoliciesTest {

    private static final String DERIVED = Uid.ofName("ACC1\nRP1").value();

    private final OrderDesk desk = new OrderDesk();

    @ParameterizedTest(name = "{0} with \"{1}\": {2}")
    @CsvSource({
        "DERIVE, , derived",
        "DERIVE, 1.2.3, 1.2.3",
        "DERIVE, 1.2.03, 102 ZDS-1",
        "DERIVE, 1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18.19.20.21.22.23.24.25.26, 102 ZDS-1",
        "REQUIRE, , 101 ZDS-1",
        "REQUIRE, 1.2.3, 1.2.3",
        "REQUIRE, 1.2.03, 102 ZDS-1",
        "REPLACE_INVALID, , derived",
        "REPLACE_INVALID, 1.2.3, 1.2.3",
        "REPLACE_INVALID, 1.2.03, derived",
    })
    void the_study_comes_from_where_the_sender_is_trusted(StudyUid policy, String sent, String expected) {
        // given
        OrderPolicies policies = new OrderPolicies(policy, UnknownChange.CREATE, UnknownCancel.REFUSE);
        OrderDraft order = sent == null
                ? order("NW").without(Tags.StudyInstanceUID)
                : order("NW").study(sent);

        // when
        String outcome = outcomeOf(order, policies);

        // then
        assertThat(outcome.equals(DERIVED) ? "derived" : outcome).isEqualTo(expected);
        assertThat(desk.store.timelineKinds("ACC1").contains("order.study-replaced"))
                .isEqualTo(policy == StudyUid.REPLACE_INVALID && "1.2.03".equals(sent));
    }

    @ParameterizedTest
    @CsvSource({"CREATE, 1.2.3", "REFUSE, 204 ORC-3"})
    void a_change_of_an_unknown_order_makes_one_or_is_refused(UnknownChange policy, String expected) {
        // given
        OrderPolicies policies = new OrderPolicies(StudyUid.DERIVE, policy, UnknownCancel.REFUSE);

        // when
        String outcome = outcomeOf(order("XO"), policies);

        // then
        assertThat(outcome).isEqualTo(expected);
        assertThat(desk.store.accessions().find(ACC1).isPresent()).isEqualTo(policy == UnknownChange.CREATE);
    }

    @ParameterizedTest
    @CsvSource({"OBR-23, 101 OBR-23", "ORC-4.2, 101 ORC-4", "ZZZ(*)-3(*), 101 ZZZ-3"})
    void a_missing_accession_number_is_missed_where_the_profile_has_it(String field, String expected) {
        // given a filler order number, which the profile does not name
        OrderPolicies policies = new OrderPolicies(
                StudyUid.DERIVE,
                UnknownChange.CREATE,
                UnknownCancel.REFUSE,
                List.of(NamedField.parse(field).orElseThrow()));

        // when
        String outcome = outcomeOf(order("NW").without(Tags.AccessionNumber), policies);

        // then
        assertThat(outcome).isEqualTo(expected);
    }

    /** The study that the step has, or the refusal. */
    private String outcomeOf(OrderDraft order, OrderPolicies policies) {
        try {
            desk.accept(new OrderMessage(desk.reception(null), OrderForm.OBR, policies, List.of(order.build())));
            return desk.onlyStep(ACC1).dataSet().text(Tags.StudyInstanceUID);
        } catch (OrderRefusedException e) {
            return refusal(e);
        }
    }
}
