package io.collimator.engine.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.engine.cli.view.Printable;
import io.collimator.engine.config.ConfigurationException;
import io.collimator.engine.config.EngineSettings;
import io.collimator.engine.config.Receiver;
import io.collimator.hl7.mllp.MllpAnswer;
import io.collimator.hl7.mllp.MllpClient;
import io.collimator.hl7.mllp.MllpClientSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whether a RIS takes connections for HL7 over MLLP, and, when it is asked to, what it answers. */
@Command(
        name = "ping",
        description =
                "Connects to a receiver of HL7 over MLLP and says how long that took; sends nothing unless told to.")
final class PingCommand implements Callable<Integer> {

    private static final String STATUS = "status";
    private static final String RESULTS = "results";
    private static final Set<String> ACCEPTED = Set.of("AA", "CA");

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final HomeOption home = new HomeOption();

    @Parameters(
            paramLabel = "HOST:PORT",
            description =
                    "The receiver; or status, results: the one that collimator.status-delivery or collimator.results-delivery names; or a name of config/receivers.yaml.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String receiver;

    @Option(
            names = "--message",
            paramLabel = "FILE.hl7",
            description = "Send this message and print the acknowledgement; a refusal counts as failed.")
    private @Nullable Path message;

    @Option(names = "--json", description = "Print one object instead of a line.")
    private boolean json;

    /**
     * What came of it.
     *
     * @param millis until the connection was there, or the answer
     */
    private record Attempt(
            double millis,
            @Nullable MllpAnswer answer,
            @Nullable String failure) {

        static Attempt since(long began, @Nullable MllpAnswer answer, @Nullable String failure) {
            return new Attempt(
                    (System.nanoTime() - began) / (double) TimeUnit.MILLISECONDS.toNanos(1), answer, failure);
        }
    }

    @Override
    public Integer call() throws IOException {
        HostAndPort address = address();
        byte[] content = message == null ? null : MessageFile.read(message).content();
        MllpClientSettings settings = MllpClientSettings.of(address.host(), address.port());
        Attempt connected = connect(settings);
        Attempt answered = content == null || connected.failure() != null ? null : send(settings, content);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(address, connected, answered).toPrettyString());
        } else if (connected.failure() == null) {
            out.println(line(address, connected, answered));
        }
        String failure = failure(connected, answered);
        if (failure != null) {
            throw new CommandFailedException(failure);
        }
        return CommandLine.ExitCode.OK;
    }

    private HostAndPort address() {
        if (receiver.contains(":")) {
            return HostAndPort.parse("The receiver", receiver);
        }
        if (!receiver.equals(STATUS) && !receiver.equals(RESULTS)) {
            return named().orElseGet(() -> HostAndPort.parse("The receiver", receiver));
        }
        EngineSettings settings = home.settings();
        boolean isStatus = receiver.equals(STATUS);
        String host = isStatus
                ? settings.statusDelivery().host()
                : settings.resultsDelivery().host();
        if (host.isEmpty()) {
            throw new CommandFailedException(
                    "collimator.%s-delivery.host is not set, so that nothing is delivered; set it, or name host:port."
                            .formatted(receiver));
        }
        return new HostAndPort(
                host,
                isStatus
                        ? settings.statusDelivery().port()
                        : settings.resultsDelivery().port());
    }

    /** By config/receivers.yaml; nobody where there is no home. */
    private Optional<HostAndPort> named() {
        try {
            return home.settings()
                    .receivers()
                    .named(receiver)
                    .map(Receiver::line)
                    .map(line -> new HostAndPort(line.host(), line.port()));
        } catch (ConfigurationException e) {
            return Optional.empty();
        }
    }

    private static Attempt connect(MllpClientSettings settings) {
        long began = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(settings.host(), settings.port()),
                    Math.toIntExact(settings.connectTimeout().toMillis()));
            return Attempt.since(began, null, null);
        } catch (UnknownHostException e) {
            return Attempt.since(
                    began, null, "%s is no host that is known; check its name.".formatted(settings.host()));
        } catch (IOException e) {
            return Attempt.since(
                    began,
                    null,
                    "%s:%d cannot be reached (%s). Check host and port, and that the receiver runs."
                            .formatted(settings.host(), settings.port(), e.getMessage()));
        }
    }

    private static Attempt send(MllpClientSettings settings, byte[] content) {
        long began = System.nanoTime();
        try (MllpClient client = new MllpClient(settings)) {
            return Attempt.since(began, client.send(content), null);
        } catch (IOException e) {
            return Attempt.since(began, null, String.valueOf(e.getMessage()));
        }
    }

    private static String line(HostAndPort address, Attempt connected, @Nullable Attempt answered) {
        String line = "%s takes connections · connected in %s ms".formatted(address, millis(connected));
        if (answered == null || answered.answer() == null) {
            return line;
        }
        MllpAnswer answer = answered.answer();
        if (answer.equals(MllpAnswer.NONE)) {
            return line + " · sent; the message asks for no answer";
        }
        String text = answer.text().isEmpty() ? "" : " · " + Printable.of(answer.text());
        return line + " · answered %s in %s ms%s".formatted(Printable.of(answer.code()), millis(answered), text);
    }

    private static @Nullable String failure(Attempt connected, @Nullable Attempt answered) {
        if (connected.failure() != null || answered == null) {
            return connected.failure();
        }
        MllpAnswer answer = answered.answer();
        if (answer == null || answer.equals(MllpAnswer.NONE) || ACCEPTED.contains(answer.code())) {
            return answered.failure();
        }
        return "The message was not accepted: %s.".formatted(Printable.of(answer.code()));
    }

    private static ObjectNode json(HostAndPort address, Attempt connected, @Nullable Attempt answered) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("host", address.host())
                .put("port", address.port())
                .put("reachable", connected.failure() == null)
                .put("connectMillis", connected.failure() == null ? Double.valueOf(millis(connected)) : null);
        MllpAnswer answer = answered == null ? null : answered.answer();
        if (answered != null && answer != null && !answer.equals(MllpAnswer.NONE)) {
            json.putObject("answer")
                    .put("code", answer.code())
                    .put("text", answer.text())
                    .put("millis", Double.valueOf(millis(answered)));
        } else {
            json.putNull("answer");
        }
        return json.put("error", failure(connected, answered));
    }

    private static String millis(Attempt attempt) {
        return String.format(Locale.ROOT, "%.1f", attempt.millis());
    }
}
