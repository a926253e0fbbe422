package io.collimator.engine.config;

import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.engine.config.SettingsReader.Range;
import io.collimator.hl7.message.Hl7Limits;
import io.collimator.hl7.message.ReadingSettings;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What HL7 messages are served, and how ours are addressed.
 *
 * @param processingIds MSH-11 values, "" where messages without one are served
 * @param characterSet of messages whose MSH-18 names none
 * @param patientIdAuthority assigning authority (CX.4) of the PID-3 repetition to take first; empty: none
 * @param defaultAuthority who gave numbers of which neither the message nor its sender's profile says it; empty: nobody
 * @param retention how long a message is remembered for duplicates and kept as evidence
 * @param maxSegments of one message; with more it is refused
 * @param sendingApplication MSH-3 of our messages
 * @param sendingFacility MSH-4 of our messages
 */
public record Hl7Settings(
        Set<String> processingIds,
        Charset characterSet,
        String patientIdAuthority,
        String defaultAuthority,
        Duration retention,
        int maxSegments,
        String sendingApplication,
        String sendingFacility) {

    private static final Map<String, Charset> CHARACTER_SETS = Map.of(
            "ASCII", StandardCharsets.US_ASCII,
            "8859/1", StandardCharsets.ISO_8859_1,
            "UNICODE UTF-8", StandardCharsets.UTF_8);

    public Hl7Settings {
        processingIds = Set.copyOf(processingIds);
    }

    /** How messages are read whose sender says nothing else. */
    public ReadingSettings reading() {
        return new ReadingSettings(
                characterSet,
                ReadingSettings.Undecodable.FALL_BACK,
                new Hl7Limits(maxSegments, Hl7Limits.DEFAULT.maxDelimiters()));
    }

    /** MSH-11 of our messages. */
    public String ownProcessingId() {
        return processingIds.contains("P")
                ? "P"
                : processingIds.stream()
                        .filter(id -> !id.isEmpty())
                        .sorted()
                        .findFirst()
                        .orElse("P");
    }

    private static Optional<String> processingId(String text) {
        return switch (text) {
            case "P", "T", "D" -> Optional.of(text);
            case "", "(empty)" -> Optional.of("");
            default -> Optional.empty();
        };
    }

    static Hl7Settings read(SettingsReader in) {
        in.section("HL7 v2 content");
        List<String> ids = in.list(
                "collimator.hl7.processing-ids",
                "P",
                "P, T, D or (empty)",
                Hl7Settings::processingId,
                "MSH-11 values served, (empty) for messages without one; any other is answered AR.");
        return new Hl7Settings(
                new TreeSet<>(ids),
                in.parsed(
                        "collimator.hl7.default-character-set",
                        "8859/1",
                        "ASCII, 8859/1 or UNICODE UTF-8",
                        text -> Optional.ofNullable(CHARACTER_SETS.get(text)),
                        "Character set of messages whose MSH-18 names none, a term of HL7 table 0211."),
                in.text(
                        "collimator.hl7.patient-id-authority",
                        "",
                        "Assigning authority (PID-3.4) of the patient ID to take; empty: the one typed MR, else the first."),
                in.parsed(
                        "collimator.hl7.default-authority",
                        "",
                        "a namespace, or namespace, universal ID and type: NORTH&1.2.3&ISO",
                        text -> text.isEmpty() || AssigningAuthority.parse(text).isPresent()
                                ? Optional.of(text)
                                : Optional.empty(),
                        "Assigning authority of patient IDs, accession and order numbers in HL7 messages that name none, where mapping/senders.yaml names none either; empty: they have none."),
                in.duration(
                        "collimator.hl7.retention-days",
                        7,
                        3_650,
                        "How long a message is remembered, for duplicates and as evidence."),
                in.integer(
                        "collimator.hl7.max-segments",
                        Hl7Limits.DEFAULT.maxSegments(),
                        new Range(10, 100_000, "segments"),
                        "Segments that a message may have; one with more is answered AE 100."),
                in.text("collimator.hl7.sending-application", "COLLIMATOR", "MSH-3 of our messages."),
                in.text("collimator.hl7.sending-facility", "", "MSH-4 of our messages."));
    }
}
