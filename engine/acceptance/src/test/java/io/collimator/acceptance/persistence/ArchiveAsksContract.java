package io.collimator.acceptance.persistence;

import static io.collimator.acceptance.persistence.CustodyHouse.ARCHIVE;
import static io.collimator.acceptance.persistence.CustodyHouse.CT1;
import static io.collimator.acceptance.persistence.CustodyHouse.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.persistence.Database;
import io.collimator.workflow.custody.ArchiveAsk;
import io.collimator.workflow.custody.CommitmentRequest;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.Session;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What every store promises of the archive that a question waits for; run on each database. */
abstract class ArchiveAsksContract {

    private static final AeTitle ARCHIVE2 = new AeTitle("ARCHIVE2");
    private static final AeTitle LOWER_CASE = new AeTitle("archive2");

    abstract Database database();

    private <T> T read(Function<Session, T> work) {
        return database().transactions().read(work);
    }

    private ArchiveAsk asked() {
        CommitmentRequest request =
                CommitmentRequest.received(UUID.randomUUID(), Uid.of(UUID.randomUUID()), CT1, NOW, "1".repeat(64));
        ArchiveAsk ask = ArchiveAsk.due(request.id(), 0, NOW);
        database().transactions().run(session -> {
            session.commitments().add(request, List.of());
            session.commitments().asks().save(ask);
        });
        return ask;
    }

    private void save(ArchiveAsk ask) {
        database().transactions().run(session -> session.commitments().asks().save(ask));
    }

    private Set<ArchiveAsk> due(AeTitle... without) {
        return Set.copyOf(read(session -> session.commitments().asks().due(NOW, 1_000, Set.of(without))));
    }

    @Test
    void what_waits_for_an_archive_is_left_out_and_counted_until_it_is_chosen_anew() {
        ArchiveAsk nobody = asked();
        ArchiveAsk first = asked().waitingFor(ARCHIVE);
        ArchiveAsk second = asked().waitingFor(ARCHIVE2);
        ArchiveAsk settled = asked().waitingFor(ARCHIVE2).settled();
        List.of(first, second, settled).forEach(this::save);

        assertThat(due()).contains(nobody, first, second).doesNotContain(settled);
        assertThat(due(ARCHIVE)).contains(nobody, second).doesNotContain(first);
        assertThat(due(ARCHIVE, ARCHIVE2)).contains(nobody).doesNotContain(first, second);
        assertThat(due(LOWER_CASE)).contains(second);
        long waiting = read(session -> session.commitments().asks().countUntaken(ARCHIVE2));
        assertThat(waiting).isEqualTo(2);

        database().transactions().run(session -> session.commitments().asks().forgetArchives());

        assertThat(due(ARCHIVE, ARCHIVE2))
                .extracting(ArchiveAsk::request)
                .contains(nobody.request(), first.request(), second.request());
        Optional<ArchiveAsk> after =
                read(session -> session.commitments().asks().find(settled.request(), 0));
        assertThat(after).contains(settled);
    }

    @Test
    void the_accessions_of_an_instance_are_those_of_the_steps_that_list_it() {
        CustodyHouse house = new CustodyHouse(database().transactions());
        Uid instance = Uid.of(UUID.randomUUID());
        house.order("AA-ONE");
        house.order("AA-TWO");
        house.set(house.create(Uid.of(UUID.randomUUID()), "AA-TWO", "AA-ONE"), "COMPLETED", List.of(instance));

        SortedSet<AccessionNumber> listed =
                read(session -> session.commitments().accessionsOf(instance));
        SortedSet<AccessionNumber> unknown =
                read(session -> session.commitments().accessionsOf(Uid.of(UUID.randomUUID())));

        assertThat(listed).containsExactly(new AccessionNumber("AA-ONE"), new AccessionNumber("AA-TWO"));
        assertThat(unknown).isEmpty();
    }
}
