package io.collimator.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.camel.dicom.DicomOperation;
import io.collimator.camel.dicom.InformationModel;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.service.ServiceRole;
import io.collimator.hl7.ack.AcceptanceSettings;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table "What it does today" of README.md against what the engine answers and asks. */
class ReadmeTest {

    private static final Path CHECKOUT = Path.of("../..");

    private static final Pattern UID = Pattern.compile("1\\.2\\.840\\.10008[.0-9]*[0-9]");
    private static final Pattern KIND = Pattern.compile("[A-Z]{3}\\^[A-Z]\\d\\d");
    private static final Pattern EVENTS = Pattern.compile("([AS])(\\d\\d)(?:–[AS](\\d\\d))?");
    private static final Pattern DICOM_FROM = Pattern.compile("uri: dicom:([a-z-]+)");

    private static final AeTitle MODALITY = new AeTitle("CT1");

    private record Row(String service, List<String> roles, String what) {

        Stream<MatchResult> find(Pattern pattern) {
            return pattern.matcher(what).results();
        }
    }

    @Test
    void every_sop_class_that_a_peer_may_ask_for_stands_in_the_table_as_scp_and_no_other() throws Exception {
        ApplicationEntities peers = new ApplicationEntities(List.of(new ApplicationEntity(
                MODALITY, "", "", 0, EnumSet.allOf(ApplicationEntity.Service.class), "", false, false, false)));
        Set<String> answered = new TreeSet<>(Set.of(Uids.Verification.value()));
        for (Field field : Uids.class.getFields()) {
            if (field.get(null) instanceof Uid uid
                    && peers.rolesOf(MODALITY, uid).contains(ServiceRole.SCU)) {
                answered.add(uid.value());
            }
        }

        assertThat(sopClasses("SCP")).isEqualTo(answered);
    }

    @Test
    void every_sop_class_that_a_route_may_ask_for_stands_in_the_table_as_scu_and_no_other() throws IOException {
        Set<String> asked = Arrays.stream(DicomOperation.values())
                .filter(DicomOperation::produces)
                .flatMap(ReadmeTest::askedBy)
                .map(Uid::value)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(sopClasses("SCU")).isEqualTo(asked);
        assertThat(rows().filter(row -> row.service().contains("C-STORE")).flatMap(row -> row.roles().stream()))
                .containsExactly("SCU");
    }

    /** The SOP classes of Storage are too many for the table, which names them as one. */
    private static Stream<Uid> askedBy(DicomOperation operation) {
        return switch (operation) {
            case ECHO -> Stream.of(Uids.Verification);
            case FIND -> models(model -> Optional.of(model.find()));
            case MOVE -> models(InformationModel::move);
            case GET -> models(InformationModel::get);
            case COMMITMENT -> Stream.of(Uids.StorageCommitmentPushModel);
            case MPPS -> Stream.of(Uids.ModalityPerformedProcedureStep, Uids.ModalityPerformedProcedureStepRetrieve);
            case STORE, WORKLIST, PERFORMED_STEPS, COMMITMENT_REPORTS -> Stream.empty();
        };
    }

    private static Stream<Uid> models(Function<InformationModel, Optional<Uid>> sopClass) {
        return Arrays.stream(InformationModel.values()).map(sopClass).flatMap(Optional::stream);
    }

    @Test
    void every_service_that_can_be_answered_has_a_shipped_route() throws IOException {
        Set<String> routes = new TreeSet<>();
        try (Stream<Path> files = Files.list(CHECKOUT.resolve("routes"))) {
            for (Path file : files.toList()) {
                Matcher matcher = DICOM_FROM.matcher(Files.readString(file));
                matcher.results().forEach(found -> routes.add(found.group(1)));
            }
        }

        assertThat(routes)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(DicomOperation.values())
                        .filter(DicomOperation::consumes)
                        .map(DicomOperation::path)
                        .toList());
    }

    @Test
    void every_message_that_is_served_stands_in_the_table_and_no_other() throws IOException {
        Set<String> kinds = new TreeSet<>();
        rows().filter(row -> row.roles().contains("receiver")).forEach(row -> {
            row.find(KIND).map(MatchResult::group).forEach(kinds::add);
            for (String type : List.of("ADT", "SIU")) {
                if (row.what().contains("`" + type + "`")) {
                    row.find(EVENTS).flatMap(ReadmeTest::events).forEach(event -> kinds.add(type + "^" + event));
                }
            }
        });

        assertThat(kinds)
                .isEqualTo(new TreeSet<>(
                        AcceptanceSettings.everything(Set.of("P")).versions().keySet()));
    }

    private static Stream<String> events(MatchResult found) {
        int first = Integer.parseInt(found.group(2));
        int last = found.group(3) == null ? first : Integer.parseInt(found.group(3));
        return IntStream.rangeClosed(first, last).mapToObj(number -> "%s%02d".formatted(found.group(1), number));
    }

    private static Set<String> sopClasses(String role) throws IOException {
        return rows().filter(row -> row.roles().contains(role))
                .flatMap(row -> row.find(UID))
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Row> rows() throws IOException {
        return Files.readAllLines(CHECKOUT.resolve("README.md")).stream()
                .dropWhile(line -> !line.startsWith("| service | role |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split(" *\\| *"))
                .map(cells -> new Row(cells[1], List.of(cells[2].split(", ")), cells[3]));
    }
}
