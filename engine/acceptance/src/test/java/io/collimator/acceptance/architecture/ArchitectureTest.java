package io.collimator.acceptance.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.collimator.camel.receipt.AcknowledgementReceipt;
import io.collimator.workflow.port.Transactions;
import java.lang.reflect.Field;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows of docs/explanation/architecture.md. Maven holds those between modules; these are those within. */
class ArchitectureTest {

    private static final String WIRING = "io.collimator.engine..";
    private static final String SIMULATORS = "io.collimator.simulators..";

    static final ArchRule packages_are_free_of_cycles =
            slices().matching("io.collimator.(**)").should().beFreeOfCycles();

    static final ArchRule dicom_stands_on_nothing = noClasses()
            .that()
            .resideInAPackage("io.collimator.dicom..")
            .and()
            .resideOutsideOfPackages(
                    "io.collimator.dicom.net..", "io.collimator.dicom.dcm4che..", "io.collimator.dicom.operation..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("io.collimator.dicom..", "java..", "org.jspecify..");

    /** ADR 18: what both providers do alike; it writes a log and knows neither of them. */
    static final ArchRule operations_know_no_provider = noClasses()
            .that()
            .resideInAPackage("io.collimator.dicom.operation..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.collimator.dicom.net..", "io.collimator.dicom.dcm4che..")
                    .or(com.tngtech.archunit.base.DescribedPredicate.not(
                            resideInAnyPackage("io.collimator.dicom..", "java..", "org.jspecify..", "org.slf4j.."))));

    static final ArchRule only_providers_use_operations = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.collimator.dicom.operation..", "io.collimator.dicom.net..", "io.collimator.dicom.dcm4che..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.collimator.dicom.operation..");

    static final ArchRule hl7_knows_no_dicom = noClasses()
            .that()
            .resideInAPackage("io.collimator.hl7..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.collimator..")
                    .and(com.tngtech.archunit.base.DescribedPredicate.not(resideInAnyPackage("io.collimator.hl7.."))));

    static final ArchRule the_upper_layer_stands_on_dicom_alone = noClasses()
            .that()
            .resideInAPackage("io.collimator.dicom.net..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.collimator.hl7..",
                    "io.collimator.mapping..",
                    "io.collimator.workflow..",
                    "io.collimator.camel..",
                    "io.collimator.persistence..",
                    SIMULATORS,
                    WIRING);

    /** Its own rules, on what it may call there, are tested in its module. */
    static final ArchRule dcm4che_stays_in_its_room = noClasses()
            .that()
            .resideOutsideOfPackage("io.collimator.dicom.dcm4che..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.dcm4che3..", "io.collimator.dicom.dcm4che..");

    static final ArchRule mapping_stands_on_dicom_and_hl7 = noClasses()
            .that()
            .resideInAPackage("io.collimator.mapping..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.collimator.dicom.net..",
                    "io.collimator.dicom.service..",
                    "io.collimator.workflow..",
                    "io.collimator.camel..",
                    "io.collimator.persistence..",
                    SIMULATORS,
                    WIRING);

    /** ADR 9: data sets and the dictionary, nothing else of DICOM. */
    static final ArchRule workflow_is_plain_java = noClasses()
            .that()
            .resideInAPackage("io.collimator.workflow..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "io.collimator.workflow..",
                    "io.collimator.dicom.data..",
                    "io.collimator.dicom.dictionary..",
                    "io.collimator.dicom.identity..",
                    "java..",
                    "org.jspecify..",
                    "org.slf4j..");

    static final ArchRule connectors_know_nothing_of_the_workflow = noClasses()
            .that()
            .resideInAnyPackage("io.collimator.dicom..", "io.collimator.hl7..", "io.collimator.camel..", SIMULATORS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.collimator.workflow..", "io.collimator.mapping..", "io.collimator.persistence..", WIRING);

    static final ArchRule persistence_serves_the_workflow_alone = noClasses()
            .that()
            .resideInAPackage("io.collimator.persistence..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.collimator.hl7..",
                    "io.collimator.mapping..",
                    "io.collimator.camel..",
                    "io.collimator.dicom.net..",
                    "io.collimator.dicom.service..",
                    SIMULATORS,
                    WIRING);

    /** ADR 3: the store, and wrappers, which hand on what the store returned. */
    static final ArchRule receipts_come_from_commits = classes()
            .that()
            .areAssignableTo(Transactions.class)
            .and()
            .doNotBelongToAnyOf(Transactions.class)
            .should()
            .haveNameMatching(
                    "io\\.collimator\\.(persistence\\.(Jpa|Refusing)Transactions|engine\\.wiring\\.(Signalling|Shared)Transactions)");

    /** ADR 3: an exchange is answered as durable with the receipt of a commit alone. */
    static final ArchRule answers_carry_the_receipt_of_the_commit = classes()
            .that()
            .implement(AcknowledgementReceipt.class)
            .should()
            .haveFullyQualifiedName("io.collimator.engine.intake.CommittedReceipt");

    static final ArchRule camel_stays_in_its_rooms = noClasses()
            .that()
            .resideOutsideOfPackages("io.collimator.camel..", WIRING)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    /** camel-netty takes our codec as channel handlers, so that one room names Netty's types too. */
    static final ArchRule netty_stays_in_its_rooms = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.collimator.dicom.net.transport..", "io.collimator.hl7.mllp..", "io.collimator.camel.hl7..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    static final ArchRule hibernate_stays_in_persistence = noClasses()
            .that()
            .resideOutsideOfPackage("io.collimator.persistence..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.hibernate..", "jakarta.persistence..");

    static final ArchRule no_dumping_grounds = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Manager|Misc|Common)")
            .orShould()
            .resideInAnyPackage(
                    "..util..", "..common..", "..misc..", "..impl..", "..helper..", "..manager..", "..base..");

    static final ArchRule time_and_identifiers_are_injected = noClasses()
            .that()
            .resideOutsideOfPackage("io.collimator.engine.wiring..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone");

    static final ArchRule no_static_mutable_state = fields().that()
            .areStatic()
            .and()
            .doNotHaveModifier(com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC)
            .should()
            .beFinal();

    static final ArchRule every_public_class_is_in_a_room =
            classes().that().arePublic().should().resideInAPackage("io.collimator.(*)..");

    private static JavaClasses shipped;

    @BeforeAll
    static void readWhatIsShipped() {
        shipped = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                // the contract of the providers is tests in main scope
                .withImportOption(location -> !location.contains("/dicom/contract/"))
                .importPackages("io.collimator");
    }

    /** Each rule above, by its name; as plain tests, so that a report counts them. */
    static Stream<Arguments> rules() {
        return Arrays.stream(ArchitectureTest.class.getDeclaredFields())
                .filter(field -> field.getType() == ArchRule.class)
                .map(field -> Arguments.of(field.getName().replace('_', ' '), ruleIn(field)));
    }

    private static ArchRule ruleIn(Field field) {
        try {
            return (ArchRule) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("The rule " + field.getName() + " cannot be read.", e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void the_house_keeps_the_rule(String name, ArchRule rule) {
        rule.check(shipped);
    }
}
