package io.collimator.acceptance.peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A node script that takes one JSON command a line and says one JSON answer or event a line. */
final class JsonLinePeer implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final PeerProcess process;
    private final Writer commands;
    private final List<JsonNode> lines = new CopyOnWriteArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final int port;

    private JsonLinePeer(PeerProcess process) {
        this.process = process;
        this.commands = new OutputStreamWriter(process.process().getOutputStream(), StandardCharsets.UTF_8);
        Thread reader = new Thread(this::readLines, "test-peer-lines");
        reader.setDaemon(true);
        reader.start();
        this.port = await("the peer to be ready", line -> isEvent(line, "ready"), PATIENCE)
                .path("port")
                .asInt();
    }

    /** Starts the script and waits until it listens. */
    static JsonLinePeer start(String script, ObjectNode config) {
        ProcessBuilder builder = new ProcessBuilder(
                PeerFiles.tool("node", "nodejs"), PeerFiles.script(script).toString(), config.toString());
        builder.environment().put("NODE_PATH", PeerFiles.nodeModules().toString());
        PeerProcess process = PeerProcess.start(builder);
        try {
            return new JsonLinePeer(process);
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /** Where it listens. */
    int port() {
        return port;
    }

    static ObjectNode command(String op) {
        return JSON.createObjectNode().put("op", op);
    }

    /** Sends the command and waits for its answer. */
    JsonNode ask(ObjectNode command) {
        int id = ids.incrementAndGet();
        try {
            commands.write(command.put("id", id) + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The test peer takes no command; it said: " + process.errors(), e);
        }
        JsonNode answer = await(
                "the answer to " + command.path("op"), line -> line.path("id").asInt() == id, PATIENCE);
        if ("error".equals(answer.path("outcome").asText())) {
            throw new IllegalStateException(
                    "The test peer failed: " + answer.path("message").asText());
        }
        return answer;
    }

    /** The events of a kind so far. */
    List<JsonNode> events(String kind) {
        return lines.stream().filter(line -> isEvent(line, kind)).toList();
    }

    /** Waits for an event of a kind that fits. */
    JsonNode awaitEvent(String kind, Predicate<JsonNode> fits, Duration atMost) {
        return await("an event " + kind, line -> isEvent(line, kind) && fits.test(line), atMost);
    }

    private JsonNode await(String what, Predicate<JsonNode> fits, Duration atMost) {
        try {
            return Awaitility.await(what)
                    .atMost(atMost)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> lines.stream().filter(fits).findFirst(), Optional::isPresent)
                    .orElseThrow();
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "Waited %s in vain for %s. The peer said %s and %s"
                            .formatted(atMost, what, lines, process.errors()),
                    e);
        }
    }

    private static boolean isEvent(JsonNode line, String kind) {
        return kind.equals(line.path("event").asText());
    }

    private void readLines() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.process().getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(JSON.readTree(line));
            }
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("The test peer said a line that is no JSON.", e);
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException("The test peer cannot be read.", e);
            }
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
