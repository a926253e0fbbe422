package io.collimator.workflow.usecase;

import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.Reception;
import io.collimator.workflow.port.CommitReceipt;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages that a site does not want: acknowledged and kept, and nothing changes. Thread-safe. */
public final class IgnoreMessage {

    private final Transactions transactions;

    public IgnoreMessage(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The numbers by which a message names an order, each null when it does not. */
    public record Named(
            @Nullable OrderNumber placer,
            @Nullable OrderNumber filler,
            @Nullable AccessionNumber accession) {}

    /**
     * Whether one of the orders or accessions is known, so that a message about it must not be ignored.
     *
     * @throws io.collimator.workflow.port.StorageException when the store cannot tell now
     */
    public boolean isKnown(List<Named> orders) {
        return transactions.read(session -> orders.stream().anyMatch(order -> isKnown(session, order)));
    }

    private static boolean isKnown(Session session, Named order) {
        return !session.accessions().ofOrder(order.filler(), order.placer()).isEmpty()
                || (order.accession() != null
                        && !session.accessions()
                                .ofNumber(order.accession().value())
                                .isEmpty());
    }

    /**
     * Keeps the message as evidence. It does not make a later one a duplicate: when it is no longer ignored it is processed.
     *
     * @throws io.collimator.workflow.port.StorageException when the store cannot do it now; nothing is stored then
     */
    public CommitReceipt keep(Reception reception) {
        return transactions.run(session -> session.receivedMessages().add(reception.ignored()));
    }
}
