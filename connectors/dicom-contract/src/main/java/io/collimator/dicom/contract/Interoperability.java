package io.collimator.dicom.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * On a test method: what it proves beside a peer that we did not write. Each becomes a line of
 * {@code docs/reference/interoperability.md} once the test has passed.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Interoperability.Several.class)
@ExtendWith(InteroperabilityRecorder.class)
public @interface Interoperability {

    Service service();

    /** Who we are in it. */
    Role ours();

    /** Product and, where it has several, the program; for instance {@code DCMTK storescp}. */
    String peer();

    /** In which the data sets crossed; none where the service has no data sets. */
    Syntax[] transferSyntaxes() default {};

    /** The services, in the order of the page. */
    enum Service {
        VERIFICATION("Verification (C-ECHO)"),
        WORKLIST("Modality Worklist (C-FIND)"),
        PERFORMED_STEP("Modality Performed Procedure Step (N-CREATE, N-SET)"),
        PERFORMED_STEP_RETRIEVE("MPPS Retrieve (N-GET)"),
        COMMITMENT("Storage Commitment (N-ACTION, N-EVENT-REPORT)"),
        STORE("Storage (C-STORE)"),
        QUERY("Query (C-FIND)"),
        MOVE("Retrieve (C-MOVE)"),
        GET("Retrieve (C-GET)"),
        SHUTDOWN("Private shutdown (refused)");

        private final String title;

        Service(String title) {
            this.title = title;
        }

        @Override
        public String toString() {
            return title;
        }
    }

    /** Service class user or provider (PS3.7 §6.2). */
    enum Role {
        SCU,
        SCP
    }

    /** Transfer syntaxes that are tried (PS3.5 §10), in the order of the page. */
    enum Syntax {
        IMPLICIT("Implicit LE"),
        EXPLICIT("Explicit LE"),
        BIG_ENDIAN("Explicit BE"),
        DEFLATED("Deflated"),
        JPEG("JPEG Baseline");

        private final String title;

        Syntax(String title) {
            this.title = title;
        }

        @Override
        public String toString() {
            return title;
        }
    }

    /** Holds those of a method that has several. */
    @Documented
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(InteroperabilityRecorder.class)
    @interface Several {
        Interoperability[] value();
    }
}
