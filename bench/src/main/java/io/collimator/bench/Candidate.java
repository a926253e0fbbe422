package io.collimator.bench;

import java.time.Duration;

/**
 * A server that is measured, with the orders that go to it.
 *
 * @param kind what it is
 * @param store where its orders go
 */
record Candidate(Kind kind, Store store, ServerProcess server, int mllpPort, Load load) implements AutoCloseable {

    /** What is measured. */
    enum Kind {
        ACKNOWLEDGING("HAPI, acknowledges only"),
        JDBC("HAPI, parses and stores by JDBC"),
        ENGINE("Collimator");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /** Where orders are stored. */
    enum Store {
        NONE("nothing stored"),
        POSTGRESQL("PostgreSQL, fsync on"),
        H2("H2 file");

        private final String label;

        Store(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    String name() {
        return store == Store.NONE ? kind.label() : kind.label() + " · " + store.label();
    }

    Duration cpu() {
        return server.cpu();
    }

    @Override
    public void close() {
        server.close();
    }
}
