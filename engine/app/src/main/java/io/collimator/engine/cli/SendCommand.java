package io.collimator.engine.cli;

import io.collimator.engine.cli.view.Printable;
import io.collimator.engine.config.EngineSettings;
import io.collimator.hl7.message.Hl7Batch;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.message.Hl7Segment;
import io.collimator.hl7.mllp.MllpAnswer;
import io.collimator.hl7.mllp.MllpClient;
import io.collimator.hl7.mllp.MllpClientSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends messages as a RIS would. */
@Command(name = "send", description = "Sends HL7 messages over MLLP and prints the acknowledgements.")
final class SendCommand implements Callable<Integer> {

    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(2);

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final HomeOption home = new HomeOption();

    @Parameters(arity = "1..*", paramLabel = "FILE.hl7", description = "Messages, sent in this order.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private List<Path> files;

    @Option(
            names = "--to",
            paramLabel = "HOST:PORT",
            description = "Receiver; default: MLLP as the home configures it.")
    private @Nullable String to;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "Send everything N times, each time under a new MSH-10; default: 1.")
    private int repeat = 1;

    @Option(names = "--raw", description = "Print each answer whole, segment by segment.")
    private boolean raw;

    private int sent;
    private int refused;

    @Override
    public Integer call() throws IOException {
        if (repeat < 1) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--repeat is %d; it counts from 1.".formatted(repeat));
        }
        HostAndPort receiver = receiver();
        long started = System.nanoTime();
        try (MllpClient client = new MllpClient(MllpClientSettings.of(receiver.host(), receiver.port()))) {
            long shown = started;
            for (int round = 0; round < repeat; round++) {
                for (Path file : files) {
                    answered(file, client.send(MessageFile.read(file).withControlIdSuffix(round)));
                }
                if (repeat > 1 && System.nanoTime() - shown > PROGRESS_NANOS) {
                    shown = System.nanoTime();
                    progress(shown - started);
                }
            }
        }
        if (repeat > 1) {
            progress(System.nanoTime() - started);
        }
        return refused == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private HostAndPort receiver() {
        if (to != null) {
            return HostAndPort.parse("--to", to);
        }
        EngineSettings settings = home.settings();
        return new HostAndPort(settings.mllp().bindAddress(), settings.mllp().port());
    }

    private void answered(Path file, MllpAnswer answer) {
        sent++;
        if (answer.equals(MllpAnswer.NONE)) {
            if (repeat == 1) {
                spec.commandLine().getOut().println(file.getFileName() + ": sent; it asks for no answer");
            }
            return;
        }
        boolean accepted = answer.code().equals("AA") || answer.code().equals("CA");
        if (!accepted) {
            refused++;
        }
        if (repeat == 1 || !accepted) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(
                    file.getFileName() + ": " + answer.code() + (answer.text().isEmpty() ? "" : " · " + answer.text()));
            if (raw) {
                segments(answer.content()).forEach(segment -> out.println("  " + segment));
            } else if (!accepted) {
                errors(answer.content()).forEach(text -> out.println("  " + text));
            }
        }
    }

    private static List<String> segments(byte[] answer) {
        return new String(answer, Hl7Message.parse(answer).headers().charset())
                .lines()
                .map(Printable::of)
                .toList();
    }

    /** {@code 101 at OBR-24: text} of each ERR: of the answer, or of each acknowledgement in the answer to a batch. */
    private static List<String> errors(byte[] answer) {
        return Hl7Batch.read(answer, Hl7Batch.MAX_MESSAGES).map(Hl7Batch::messages).orElse(List.of(answer)).stream()
                .flatMap(content -> Hl7Message.parse(content).segments().stream())
                .filter(segment -> segment.name().equals("ERR"))
                .map(SendCommand::error)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** Since 2.5 the code in ERR-3 and the place in ERR-2; before, both in ERR-1 (HL7 v2.5.1 §2.15.5). */
    private static String error(Hl7Segment error) {
        boolean isOld = error.value(3).orEmpty().isEmpty();
        int place = isOld ? 1 : 2;
        String code = isOld ? error.value(1, 1, 4, 1).orEmpty() : error.value(3).orEmpty();
        String segment = error.value(place, 1).orEmpty();
        String field = error.value(place, 3).orEmpty();
        String at = segment.isEmpty() ? "" : " at " + segment + (field.isEmpty() ? "" : "-" + field);
        String text = error.value(8).orEmpty();
        return Printable.of((code + at + (text.isEmpty() || code.isEmpty() ? "" : ": ") + text).strip());
    }

    private void progress(long nanos) {
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%d sent, %d not accepted, %.0f a second%n",
                        sent,
                        refused,
                        sent / (nanos / (double) TimeUnit.SECONDS.toNanos(1)));
    }
}
