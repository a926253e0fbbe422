package io.collimator.bench;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.HL7Service;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.parser.GenericModelClassFactory;
import ca.uhn.hl7v2.protocol.ReceivingApplication;
import ca.uhn.hl7v2.protocol.ReceivingApplicationException;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The baselines: HAPI's own server, set up to be as quick as it can be: no validation, no id file, its generic model.
 * Arguments: port, and for the one that stores, the JDBC URL.
 */
final class HapiServer {

    /** Printed when it listens. */
    static final String READY = "Baseline ready";

    /** As many connections as the engine has. */
    private static final int POOL = 16;

    private HapiServer() {}

    public static void main(String[] arguments) throws InterruptedException {
        start(Integer.parseInt(arguments[0]), arguments.length > 1 ? arguments[1] : "", Clock.systemUTC());
        System.out.println(READY);
        System.out.flush();
        new CountDownLatch(1).await();
    }

    /**
     * Starts it in this process.
     *
     * @param databaseUrl empty: it stores nothing
     */
    static HL7Service start(int port, String databaseUrl, Clock clock) throws InterruptedException {
        HapiContext context = new DefaultHapiContext(ValidationContextFactory.noValidation());
        // the flat model: the typed one is several times dearer to parse, and finds no segment that stands elsewhere
        context.setModelClassFactory(new GenericModelClassFactory());
        context.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator());
        HL7Service server = context.newServer(port, false);
        server.registerApplication(
                "*", "*", databaseUrl.isEmpty() ? new AcknowledgingOnly() : new Storing(rows(databaseUrl, clock)));
        server.startAndWait();
        return server;
    }

    private static OrderRows rows(String url, Clock clock) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(POOL);
        config.setAutoCommit(false);
        return new OrderRows(new HikariDataSource(config), url.startsWith("jdbc:postgresql:"), clock);
    }

    /** Answers AA and forgets. */
    private static final class AcknowledgingOnly implements ReceivingApplication<Message> {

        @Override
        public Message processMessage(Message message, Map<String, Object> metadata)
                throws ReceivingApplicationException, HL7Exception {
            return acknowledge(message);
        }

        @Override
        public boolean canProcess(Message message) {
            return true;
        }
    }

    /** Answers AA after the commit of the order's rows. */
    private static final class Storing implements ReceivingApplication<Message> {

        private final OrderRows rows;

        Storing(OrderRows rows) {
            this.rows = rows;
        }

        @Override
        public Message processMessage(Message message, Map<String, Object> metadata)
                throws ReceivingApplicationException, HL7Exception {
            try {
                rows.insert(ParsedOrder.of(message), String.valueOf(metadata.get("raw-message")));
            } catch (SQLException e) {
                throw new ReceivingApplicationException("The order was not stored.", e);
            }
            return acknowledge(message);
        }

        @Override
        public boolean canProcess(Message message) {
            return true;
        }
    }

    private static Message acknowledge(Message message) throws HL7Exception {
        try {
            return message.generateACK();
        } catch (IOException e) {
            throw new HL7Exception("No acknowledgement could be made.", e);
        }
    }
}
