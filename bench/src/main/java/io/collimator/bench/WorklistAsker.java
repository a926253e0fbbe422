package io.collimator.bench;

/** Answers one query after the other: an association with a server, or the baseline itself. Used by one thread. */
interface WorklistAsker extends AutoCloseable {

    /** Which queries are asked. */
    enum Question {
        /** By accession number: one match. */
        ONE_MATCH(1, "1 match"),
        /** By station and day: twenty matches. */
        TWENTY_MATCHES(WorklistEntries.A_DAY, "20 matches");

        private final int matches;
        private final String label;

        Question(int matches, String label) {
            this.matches = matches;
            this.label = label;
        }

        int matches() {
            return matches;
        }

        String label() {
            return label;
        }
    }

    /**
     * Asks for the entry of that number, or for all of its station and day.
     *
     * @return the number of matches
     */
    int ask(Question question, int number) throws Exception;

    @Override
    void close() throws Exception;
}
