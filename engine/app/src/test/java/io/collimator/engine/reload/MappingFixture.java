package io.collimator.engine.reload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.config.MappingChangeSettings;
import io.collimator.engine.intake.OrderForesight;
import io.collimator.engine.messaging.NoticeFormat;
import io.collimator.hl7.message.ReadingSettings;
import io.collimator.mapping.MappingFiles;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.usecase.AcceptOrder;
import io.collimator.workflow.usecase.Notices;
import io.collimator.workflow.usecase.RenameAuthorities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The shipped mapping in a folder of the test's own, and what changes it. */
public final class MappingFixture {

    public static final Instant NOW = Instant.parse("2026-11-22T08:15:00Z");

    static final String DEFINITION = "definitions/orders-to-worklist.yaml";
    static final String TABLE = "tables/modalities.csv";

    private static final Path SHIPPED = Path.of("../../mapping");

    private final Path folder;
    private final Path mapping;

    private MappingFixture(Path folder) {
        this.folder = folder;
        this.mapping = folder.resolve("mapping");
    }

    public static MappingFixture in(Path folder) {
        MappingFixture fixture = new MappingFixture(folder);
        fixture.data();
        shipped().forEach(fixture::write);
        return fixture;
    }

    /** Without the golden cases: they are the shipped tables' own. */
    static Map<String, String> shipped() {
        Map<String, String> files = new TreeMap<>(MappingFiles.read(SHIPPED).texts());
        files.keySet().removeIf(name -> name.startsWith("cases/"));
        return files;
    }

    static Map<String, String> shippedWith(String name, String text) {
        Map<String, String> files = shipped();
        files.put(name, text);
        return files;
    }

    /** A request to apply what is shipped. */
    public static String body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode files = body.putObject("files");
        shipped().forEach(files::put);
        return body.toString();
    }

    Path data() {
        try {
            return Files.createDirectories(folder.resolve("data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path mapping() {
        return mapping;
    }

    String read(String name) {
        try {
            return Files.readString(mapping.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String name, String text) {
        try {
            Path file = mapping.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As an engine has them after its start. */
    RunningMapping running() {
        return new RunningMapping(check().read(mapping));
    }

    public MappingChanges changes(Transactions transactions) {
        return changes(transactions, running());
    }

    MappingChanges changes(Transactions transactions, RunningMapping running) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new MappingChanges(new MappingChanges.Ground(
                running,
                new MappingHome(mapping, data(), clock),
                check(),
                trial(),
                transactions,
                new RenameAuthorities(new AcceptOrder.Context(
                        transactions,
                        clock,
                        UUID::randomUUID,
                        new Notices(clock, UUID::randomUUID, (id, at, notice) -> ""))),
                new MappingChangeSettings(1_000_000, 3, 50),
                clock));
    }

    static SetCheck check() {
        return SetCheck.of(Optional.empty());
    }

    static MappingTrial trial() {
        return new MappingTrial(
                ReadingSettings.DEFAULT,
                new StatusPreview(new NoticeFormat(
                        new AeTitle("COLLIMATOR"),
                        new NoticeFormat.Correspondents("COLLIMATOR", "", "", "", "P"),
                        ZoneOffset.UTC)),
                new OrderForesight());
    }

    /** A CT order of a synthetic patient. */
    static byte[] order(String accession, String modality) {
        return """
                MSH|^~\\&|NORTHRIS|NORTH|COLLIMATOR|RAD|20261122081500||ORM^O01|C-%1$s|P|2.3.1
                PID|||PID-1^^^NORTH||LINDQVIST^ANNA||19740312|F
                ORC|NW|ORD-%1$s^NORTHRIS|FIL-%1$s^NORTHRAD||SC||1^ONCE^^20261122103000^^S
                OBR|1|ORD-%1$s^NORTHRIS|FIL-%1$s^NORTHRAD|CTHEAD^CT HEAD^99NORTH||||||||||||||%1$s|RP1|SPS1||||%2$s
                ZDS|1.2.276.0.76.3.1.99.4.1^NORTHRIS^Application^DICOM
                """.formatted(accession, modality).replace("\n", "\r").getBytes(StandardCharsets.ISO_8859_1);
    }
}
