package io.collimator.dicom.dcm4che;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What of dcm4che this module may use, and what it shows of it. */
class Dcm4cheStaysInsideTest {

    private static final JavaClasses SHIPPED = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.collimator.dicom.dcm4che");

    /** 5.34.1 is older than the fix of its XML readers (dcm4che#1595). */
    @Test
    void its_readers_of_xml_and_json_are_not_called() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "org\\.dcm4che3\\.(io\\.SAX.*|io\\.ContentHandlerAdapter.*|io\\.TemplatesCache|json\\..*)")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.xml..", "org.xml.sax..", "org.w3c.dom..")
                .check(SHIPPED);
    }

    @Test
    void its_services_and_user_interface_are_not_used() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.collimator.dicom..",
                        "java..",
                        "org.jspecify..",
                        "org.slf4j..",
                        "org.dcm4che3.data..",
                        "org.dcm4che3.io..",
                        "org.dcm4che3.net",
                        "org.dcm4che3.net.pdu")
                .check(SHIPPED);
    }

    @Test
    void only_the_factory_can_be_seen_from_outside() {
        classes()
                .that()
                .arePublic()
                .should()
                .haveSimpleName("Dcm4cheProviderFactory")
                .orShould()
                .haveSimpleName("package-info")
                .check(SHIPPED);
    }
}
