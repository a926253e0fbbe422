package io.collimator.engine.wiring;

import io.collimator.engine.config.DataFolder;
import io.collimator.engine.config.EngineSettings;
import io.collimator.engine.config.JmsSettings;
import io.collimator.engine.config.Secrets;
import io.collimator.engine.messaging.Broker;
import io.collimator.engine.messaging.BrokerException;
import io.collimator.persistence.Database;
import io.collimator.persistence.DatabaseSettings;
import io.collimator.workflow.port.StorageException;
import java.time.Clock;
import java.util.function.Consumer;

/** Opens the database and the broker. */
final class Stores {

    private Stores() {}

    /** @param end told once when the database is lost for this process */
    static Database open(EngineSettings settings, Clock clock, Consumer<String> end) {
        io.collimator.engine.config.DatabaseSettings database = settings.database();
        String url = database.url().isEmpty()
                ? "jdbc:h2:file:" + settings.dataFolder().resolve("collimator")
                : database.url();
        try {
            return Database.open(
                    new DatabaseSettings(
                            url,
                            database.user(),
                            database::password,
                            database.poolSize(),
                            database.connectTimeout(),
                            database.lockTimeout(),
                            database.queryTimeout(),
                            database.answerTimeout()),
                    clock,
                    end);
        } catch (StorageException | IllegalArgumentException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /** @param port of the embedded broker's acceptor, found free */
    static Broker startBroker(JmsSettings settings, int port, DataFolder folder, Secrets secrets) {
        String password = settings.isEmbedded()
                ? secrets.resolve(settings.password(), folder.resolve("jms.password"))
                : settings.password();
        JmsSettings complete = settings.isEmbedded()
                ? settings.withReaderPassword(
                        secrets.resolve(settings.reader().password(), folder.resolve("jms-reader.password")))
                : settings;
        try {
            return Broker.start(complete.withPort(port), password, folder.resolve("broker"));
        } catch (BrokerException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }
}
