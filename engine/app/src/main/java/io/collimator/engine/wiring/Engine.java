package io.collimator.engine.wiring;

import io.collimator.engine.config.ConfigurationException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutionException;

/**
 * A running engine. Several may run in one process, each on its own home or data folder.
 */
public final class Engine implements AutoCloseable {

    private final EngineRoom room;
    private final String readyLine;

    private Engine(EngineRoom room, String readyLine) {
        this.room = room;
        this.readyLine = readyLine;
    }

    /**
     * Checks the home and starts everything; returns when all listeners answer.
     *
     * @throws ConfigurationException when something in the home is wrong, with every problem, or the data folder is in use
     * @throws StartException when something else is in the way
     */
    public static Engine start(EngineOptions options) {
        long begin = System.nanoTime();
        EngineRoom room = EngineRoom.open(options);
        return new Engine(room, ReadyLine.of(room, System.nanoTime() - begin));
    }

    /** Where orders are taken. */
    public InetSocketAddress mllp() {
        return room.addresses().mllp();
    }

    public InetSocketAddress dicom() {
        return room.addresses().dicom();
    }

    /** API and health. */
    public InetSocketAddress http() {
        return room.addresses().http();
    }

    /** The embedded broker's acceptor; with an external broker, the address that is not used. */
    public InetSocketAddress jms() {
        return room.addresses().jms();
    }

    /** One line: where everything listens and what an acknowledgement survives. */
    public String readyLine() {
        return readyLine;
    }

    /** Waits until the engine cannot go on, which a log line at ERROR says; its process has to end then. */
    public void awaitFailure() throws InterruptedException {
        try {
            room.failure().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The failure of the engine has no failure of its own.", e);
        }
    }

    /** Stops accepting, finishes what is in flight within a bounded time, then stops everything. */
    @Override
    public void close() {
        room.close();
    }
}
