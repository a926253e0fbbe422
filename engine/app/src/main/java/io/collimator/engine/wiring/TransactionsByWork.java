package io.collimator.engine.wiring;

import io.collimator.engine.config.DatabaseSettings;
import io.collimator.workflow.port.Transactions;

/**
 * Who may use how much of the connection pool when it is short: modalities come first, then orders, then search and console.
 *
 * @param modalities all of the pool
 * @param orders three quarters of it
 * @param console a quarter, out of that of orders
 */
record TransactionsByWork(Transactions modalities, Transactions orders, Transactions console) {

    private static final int PARTS = 4;

    static TransactionsByWork of(Transactions store, DatabaseSettings database) {
        int part = database.poolSize() / PARTS;
        Transactions orders = new SharedTransactions(store, database.poolSize() - part, database.connectTimeout());
        Transactions console = new SharedTransactions(orders, part, database.connectTimeout());
        return new TransactionsByWork(store, orders, console);
    }
}
