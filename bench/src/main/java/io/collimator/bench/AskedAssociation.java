package io.collimator.bench;

import java.io.IOException;

/** A query at a time on an association that stays open. */
final class AskedAssociation implements WorklistAsker {

    private final FindConnection connection;

    AskedAssociation(int port) throws IOException {
        connection = new FindConnection(port, EngineHome.modalityAe(), "COLLIMATOR");
    }

    @Override
    public int ask(Question question, int number) throws IOException {
        return connection.find(FindConnection.encoded(WorklistIdentifiers.of(question, number)));
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
