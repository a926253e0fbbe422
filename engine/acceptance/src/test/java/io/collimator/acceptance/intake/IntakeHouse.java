package io.collimator.acceptance.intake;

import io.collimator.acceptance.engine.Acknowledgement;
import io.collimator.acceptance.engine.EngineApi;
import io.collimator.acceptance.engine.EngineUnderTest;
import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.RawMllp;
import io.collimator.acceptance.engine.Scanner;
import io.collimator.acceptance.engine.TestHome;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.service.DicomAssociation.FindResult;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An engine with one scanner, CT1, that does every CT. */
final class IntakeHouse implements AutoCloseable {

    private final Scanner scanner;
    private final EngineUnderTest engine;
    private final EngineApi api;

    private IntakeHouse(Scanner scanner, EngineUnderTest engine) {
        this.scanner = scanner;
        this.engine = engine;
        this.api = engine.api();
    }

    static IntakeHouse open(Path folder) {
        return open(folder, Map.of(), home -> home);
    }

    static IntakeHouse open(Path folder, Map<String, String> settings, UnaryOperator<TestHome> changes) {
        Scanner scanner = new Scanner(new AeTitle("CT1"));
        TestHome home = TestHome.create(folder).withModality(scanner.address()).withStation("CT", "CT1");
        return new IntakeHouse(scanner, EngineUnderTest.start(changes.apply(home), settings));
    }

    EngineUnderTest engine() {
        return engine;
    }

    EngineApi api() {
        return api;
    }

    Scanner scanner() {
        return scanner;
    }

    Acknowledgement send(Er7 message) {
        return send(message.toString());
    }

    Acknowledgement send(String message) {
        try (RawMllp sender = new RawMllp(engine.engine().mllp())) {
            return sender.frame(message).acknowledgement();
        }
    }

    /** Sends what must be accepted. */
    void accept(Er7 message) {
        Acknowledgement answer = send(message);
        if (!answer.code().equals("AA")) {
            throw new AssertionError("The message was expected to be accepted: " + answer.text());
        }
    }

    List<DataSet> entries(String accession) {
        return scanner.entriesOf(engine, accession);
    }

    DataSet entry(String accession) {
        return scanner.entryOf(engine, accession);
    }

    /** What CT1 is answered to a query that is this and nothing more. */
    FindResult ask(DataSet identifier) {
        return scanner.ask(engine, identifier);
    }

    String value(String accession, Tag tag) {
        return entry(accession).text(tag);
    }

    String stepValue(String accession, Tag tag) {
        return scanner.stepOf(engine, accession).text(tag);
    }

    /** Start time of the one step that is listed. */
    String start(String accession) {
        return stepValue(accession, Tags.ScheduledProcedureStepStartTime);
    }

    /** Kinds of the lines of the accession's timeline. */
    List<String> timeline(String accession) {
        return api.accession(accession).path("timeline").findValuesAsText("kind");
    }

    boolean isListed(String accession) {
        return !entries(accession).isEmpty();
    }

    /** Step ID, procedure and start of each listed step, in the order of the steps. */
    List<String> steps(String accession) {
        return entries(accession).stream()
                .map(entry -> "%s %s %s"
                        .formatted(
                                stepId(entry),
                                codeOf(entry),
                                entry.item(Tags.ScheduledProcedureStepSequence)
                                        .text(Tags.ScheduledProcedureStepStartTime)))
                .sorted(Comparator.comparingInt(step -> Integer.parseInt(step.substring(0, step.indexOf(' ')))))
                .toList();
    }

    private static String codeOf(DataSet entry) {
        List<DataSet> protocols =
                entry.item(Tags.ScheduledProcedureStepSequence).items(Tags.ScheduledProtocolCodeSequence);
        return (protocols.isEmpty() ? entry.item(Tags.RequestedProcedureCodeSequence) : protocols.get(0))
                .text(Tags.CodeValue);
    }

    static String stepId(DataSet entry) {
        return entry.item(Tags.ScheduledProcedureStepSequence).text(Tags.ScheduledProcedureStepID);
    }

    /** Types of the exceptions that were raised about the accession. */
    List<String> raised(String accession) {
        return api.exceptions().findParents("accessionNumber").stream()
                .filter(exception ->
                        accession.equals(exception.path("accessionNumber").asText()))
                .map(exception -> exception.path("type").asText())
                .toList();
    }

    boolean isKnown(String accession) {
        return api.get("/api/accessions/" + accession).statusCode() == 200;
    }

    @Override
    public void close() {
        engine.close();
        scanner.close();
    }
}
