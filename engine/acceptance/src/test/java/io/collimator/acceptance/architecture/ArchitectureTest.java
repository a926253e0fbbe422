package io.collimator.acceptance.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.UUID;

/** The arrows of docs/explanation/architecture.md. Maven holds those between modules; these are those within. */
@AnalyzeClasses(packages = "io.collimator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String WIRING = "io.collimator.engine..";
    private static final String SIMULATORS = "io.collimator.simulators..";

    @ArchTest
    static final ArchRule packages_are_free_of_cycles =
            slices().matching("io.collimator.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule dicom_stands_on_nothing = noClasses()
            .that()
            .resideInAPackage("io.collimator.dicom..")
            .and()
            .resideOutsideOfPackage("io.collimator.dicom.net..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("io.collimator.dicom..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule hl7_knows_no_dicom = noClasses()
            .that()
            .resideInAPackage("io.collimator.hl7..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.collimator..")
                    .and(com.tngtech.archunit.base.DescribedPredicate.not(resideInAnyPackage("io.collimator.hl7.."))));

    @ArchTest
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

    @ArchTest
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
    @ArchTest
    static final ArchRule workflow_is_plain_java = noClasses()
            .that()
            .resideInAPackage("io.collimator.workflow..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "io.collimator.workflow..",
                    "io.collimator.dicom.data..",
                    "io.collimator.dicom.dictionary..",
                    "java..",
                    "org.jspecify..",
                    "org.slf4j..");

    @ArchTest
    static final ArchRule connectors_know_nothing_of_the_workflow = noClasses()
            .that()
            .resideInAnyPackage("io.collimator.dicom..", "io.collimator.hl7..", "io.collimator.camel..", SIMULATORS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.collimator.workflow..", "io.collimator.mapping..", "io.collimator.persistence..", WIRING);

    @ArchTest
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

    @ArchTest
    static final ArchRule camel_stays_in_its_rooms = noClasses()
            .that()
            .resideOutsideOfPackages("io.collimator.camel..", WIRING)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    /** camel-netty takes our codec as channel handlers, so that one room names Netty's types too. */
    @ArchTest
    static final ArchRule netty_stays_in_its_rooms = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.collimator.dicom.net.transport..", "io.collimator.hl7.mllp..", "io.collimator.camel.hl7..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule hibernate_stays_in_persistence = noClasses()
            .that()
            .resideOutsideOfPackage("io.collimator.persistence..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.hibernate..", "jakarta.persistence..");

    @ArchTest
    static final ArchRule no_dumping_grounds = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Manager|Misc|Common)")
            .orShould()
            .resideInAnyPackage(
                    "..util..", "..common..", "..misc..", "..impl..", "..helper..", "..manager..", "..base..");

    @ArchTest
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

    @ArchTest
    static final ArchRule no_static_mutable_state = fields().that()
            .areStatic()
            .and()
            .doNotHaveModifier(com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC)
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule every_public_class_is_in_a_room =
            classes().that().arePublic().should().resideInAPackage("io.collimator.(*)..");
}
