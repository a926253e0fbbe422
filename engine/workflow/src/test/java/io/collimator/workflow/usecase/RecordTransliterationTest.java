package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.OrderDesk.ACC1;
import static io.collimator.workflow.usecase.OrderDraft.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.AeTitle;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.testing.Fixtures;
import io.collimator.workflow.usecase.RecordTransliteration.Transliterated;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordTransliterationTest {

    private final OrderDesk desk = new OrderDesk();
    private final RecordTransliteration useCase = new RecordTransliteration(
            desk.store, new Notices(Fixtures.CLOCK, Fixtures.identifiers(), Fixtures.encoder()));

    private void record(AccessionNumber accession, String peer) {
        useCase.record(new Transliterated(accession, new AeTitle(peer), "it transliterated"));
    }

    @Test
    void the_timeline_says_it_once_for_each_peer() {
        desk.accept(order("NW").build());
        List<String> before = desk.timeline(ACC1);

        record(ACC1, "CT1");
        record(ACC1, "CT1");
        record(ACC1, "CT12");
        record(ACC1, "CT1");

        assertThat(desk.timeline(ACC1).subList(before.size(), before.size() + 2))
                .containsExactly("CT1 got it transliterated", "CT12 got it transliterated");
        assertThat(desk.timeline(ACC1)).hasSize(before.size() + 2);
        assertThat(desk.store.timeline().of(ACC1))
                .filteredOn(line -> line.kind().equals("worklist.transliterated"))
                .hasSize(2);
    }

    @Test
    void an_entry_of_which_nobody_says_who_gave_its_number_is_the_only_one_with_that_number() {
        desk.accept(order("NW").build());

        record(new AccessionNumber(ACC1.value(), "SOMEBODY"), "CT1");
        record(new AccessionNumber("UNKNOWN"), "CT1");

        assertThat(desk.timeline(ACC1)).contains("CT1 got it transliterated");
        assertThat(desk.timeline(new AccessionNumber("UNKNOWN"))).isEmpty();
    }
}
