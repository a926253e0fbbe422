package io.collimator.engine.cli;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.json.DicomJson;
import io.collimator.dicom.service.AssociationException;
import io.collimator.dicom.service.AssociationRequest;
import io.collimator.dicom.service.DicomAssociation;
import io.collimator.dicom.service.DicomAssociation.FindResult;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.DicomProvider;
import io.collimator.dicom.service.PresentationContextProposal;
import io.collimator.dicom.service.ServiceHandlers;
import io.collimator.engine.cli.view.WorklistTable;
import io.collimator.engine.config.ApplicationEntities;
import io.collimator.engine.config.ApplicationEntity;
import io.collimator.engine.config.EngineSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks a worklist as a modality would (PS3.4 Annex K). */
@Command(name = "find", description = "Asks a Modality Worklist SCP as a modality would and shows a table.")
final class FindCommand implements Callable<Integer> {

    private static final int MAX_MATCHES = 5_000;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private final HomeOption home = new HomeOption();

    @Option(names = "--station", paramLabel = "AE", description = "Scheduled Station AE Title.")
    private String station = "";

    @Option(
            names = "--date",
            paramLabel = "RANGE",
            description =
                    "Start date: 2026-11-22, 2026-11-22/2026-11-30, 2026-11-22/ (from then on), /2026-11-30; also as DICOM has it: 20261122-20261130.")
    private String date = "";

    @Option(names = "--accession", paramLabel = "A", description = "Accession Number, with * and ?.")
    private String accession = "";

    @Option(names = "--patient-id", paramLabel = "P", description = "Patient ID.")
    private String patientId = "";

    @Option(names = "--name", paramLabel = "N", description = "Patient's Name, for instance DOE^J*.")
    private String name = "";

    @Option(names = "--modality", paramLabel = "M", description = "Modality, for instance CT.")
    private String modality = "";

    @Option(
            names = "--from",
            paramLabel = "AE",
            description =
                    "Calling AE title; default: the value of --station, else the first registered AE with worklist.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "AE@HOST:PORT",
            description = "The worklist SCP; default: the engine as the home configures it.")
    private @Nullable String to;

    @Option(names = "--json", description = "Prints the entries as DICOM JSON (PS3.18 Annex F) instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        // what is wrong on the command line is said before the home is read
        DataSet identifier = identifier();
        Optional<AeTitle> named = named();
        Scp scp = scp();
        AeTitle calling = named.orElseGet(this::firstModality);
        try (DicomProvider provider = home.settings().dicom().provider().create();
                DicomAssociation association = provider.open(new AssociationRequest(
                        calling,
                        scp.title(),
                        scp.address().host(),
                        scp.address().port(),
                        List.of(PresentationContextProposal.scu(Uids.ModalityWorklistInformationModelFind)),
                        ServiceHandlers.none(),
                        DicomLimits.defaults()))) {
            FindResult result = association.find(Uids.ModalityWorklistInformationModelFind, identifier, MAX_MATCHES);
            print(result);
            return closing(result);
        } catch (AssociationException e) {
            if (from != null || station.isEmpty()) {
                throw e;
            }
            throw new CommandFailedException(
                    "%s The query came from %s itself; where that is not registered, name a calling AE that is with --from."
                            .formatted(e.getMessage(), calling),
                    e);
        }
    }

    private void print(FindResult result) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            new DicomJson(CodecLimits.defaults()).writeAll(result.matches().iterator(), out);
            out.println();
        } else {
            new WorklistTable(result.matches()).print(out);
            int count = result.matches().size();
            out.println(count + (count == 1 ? " entry" : " entries"));
        }
    }

    private int closing(FindResult result) {
        DimseStatus status = result.status();
        if (status.isSuccess()) {
            return CommandLine.ExitCode.OK;
        }
        String why = status.code() == DimseStatus.CANCEL_CODE
                ? "the list was cut at %d entries; ask for less".formatted(MAX_MATCHES)
                : "the SCP ended with status " + status;
        throw new CommandFailedException(why + ".");
    }

    private Scp scp() {
        if (to == null) {
            EngineSettings settings = home.settings();
            return new Scp(
                    settings.dicom().aeTitle(),
                    new HostAndPort(
                            settings.dicom().bindAddress(), settings.dicom().port()));
        }
        int at = to.indexOf('@');
        if (at < 1) {
            throw new WrongUsageException("--to is \"%s\"; write AE@host:port.".formatted(to));
        }
        return new Scp(title("--to", to.substring(0, at)), HostAndPort.parse("--to", to.substring(at + 1)));
    }

    private Optional<AeTitle> named() {
        if (from != null) {
            return Optional.of(title("--from", from));
        }
        return station.isEmpty() ? Optional.empty() : Optional.of(title("--station", station));
    }

    private AeTitle firstModality() {
        return ApplicationEntities.load(home.home()).all().stream()
                .filter(entity -> entity.services().contains(ApplicationEntity.Service.WORKLIST))
                .map(ApplicationEntity::title)
                .findFirst()
                .orElseThrow(
                        () -> new CommandFailedException(
                                "config/application-entities.yaml registers no AE with the service worklist; name the calling AE with --from."));
    }

    private static AeTitle title(String option, String text) {
        return AeTitle.parse(text)
                .orElseThrow(() -> new WrongUsageException(
                        "%s is \"%s\"; an AE title has 1 to 16 printable ASCII characters, no backslash."
                                .formatted(option, text)));
    }

    private DataSet identifier() {
        DataSet step = Dictionary.dataSet()
                .put(Tags.Modality, keys(modality))
                .put(Tags.ScheduledStationAETitle, keys(station))
                .put(Tags.ScheduledProcedureStepStartDate, keys(DateKey.parse("--date", date)))
                .put(Tags.ScheduledProcedureStepStartTime)
                .put(Tags.ScheduledProcedureStepDescription)
                .put(Tags.ScheduledProcedureStepID)
                .put(Tags.ScheduledProcedureStepStatus)
                .build();
        DataSet keys = Dictionary.dataSet()
                .put(Tags.AccessionNumber, keys(accession))
                .put(Tags.PatientName, keys(name))
                .put(Tags.PatientID, keys(patientId))
                .put(Tags.PatientBirthDate)
                .put(Tags.PatientSex)
                .put(Tags.StudyInstanceUID)
                .put(Tags.RequestedProcedureID)
                .put(Tags.RequestedProcedureDescription)
                .items(Tags.ScheduledProcedureStepSequence, step)
                .build();
        return SpecificCharacterSet.declareFor(keys, SpecificCharacterSet.ASCII);
    }

    private static String[] keys(String value) {
        return value.isEmpty() ? new String[0] : value.split("\\\\", -1);
    }

    /** Whom to ask. */
    private record Scp(AeTitle title, HostAndPort address) {}
}
