package io.collimator.acceptance.engine;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** HL7 messages of a synthetic RIS; segments end with LF and the sender turns them into CR. Dates are today's. */
public final class Messages {

    private static final String CT_HEAD = """
            MSH|^~\\&|NORTHRIS|NORTH GENERAL|COLLIMATOR|RADIOLOGY|@081500||ORM^O01|NR-000101|P|2.3.1||||||8859/1
            PID|||PID-7001^^^NORTH&1.2.276.0.76.3.1.99.1&ISO||LINDQVIST^ANNA^MARIA^^MS||19740312|F|||14 HARBOUR ROAD^^NORTHPORT^^4021||555-0142|||||ADM-5512
            PV1||I|WARD 4^12^B||||2207^HOLM^ERIK^^^DR|3310^SANDE^KARI^^^DR|||||||A0||||V-88012
            AL1|1|DA|1191^ASPIRIN|MO|RASH
            ORC|NW|ORD-40012^NORTHRIS|FIL-90012^NORTHRAD||SC||1^ONCE^^@1030^^S||@0815|77^CLERK^PAT||3310^SANDE^KARI^^^DR|||||RAD^RADIOLOGY DEPARTMENT^99NORTH
            OBR|1|ORD-40012^NORTHRIS|FIL-90012^NORTHRAD|CTHEAD^CT HEAD WITHOUT CONTRAST^99NORTH^CTH01^CT HEAD ROUTINE^99PROTO||||||||AMBULATORY|PACEMAKER|||3310^SANDE^KARI^^^DR||ACC240012|RP240012|SPS240012||||CT|||1^ONCE^^@1030^^S|||WALK|R51^HEADACHE^I10|||||||||||||CTHEAD^CT HEAD WITHOUT CONTRAST^99NORTH
            OBX|1|NM|29463-7^BODY WEIGHT^LN||68.5|kg|||||F
            OBX|2|NM|8302-2^BODY HEIGHT^LN||171|cm|||||F
            NTE|1||SUDDEN ONSET, RULE OUT BLEED
            ZDS|1.2.276.0.76.3.1.99.4.240012^NORTHRIS^Application^DICOM
            """;

    private static final String RESCHEDULE = """
            MSH|^~\\&|NORTHRIS|NORTH GENERAL|COLLIMATOR|RADIOLOGY|@084500||ORM^O01|NR-000103|P|2.3.1
            PID|||PID-7001^^^NORTH&1.2.276.0.76.3.1.99.1&ISO||LINDQVIST^ANNA^MARIA^^MS||19740312|F
            ORC|XO|ORD-40012^NORTHRIS|FIL-90012^NORTHRAD||SC||1^ONCE^^@1215^^S
            OBR|1|ORD-40012^NORTHRIS|FIL-90012^NORTHRAD|CTHEAD^CT HEAD WITHOUT CONTRAST^99NORTH||||||||||||3310^SANDE^KARI^^^DR||ACC240012|RP240012|SPS240012||||CT|||1^ONCE^^@1215^^S
            ZDS|1.2.276.0.76.3.1.99.4.240012^NORTHRIS^Application^DICOM
            """;

    private static final String ANY_ORDER = """
            MSH|^~\\&|NORTHRIS|NORTH GENERAL|COLLIMATOR|RADIOLOGY|@081500||ORM^O01|%1$s-%2$s|P|2.3.1
            PID|||PID-%1$s^^^NORTH||TEST^%1$s||19800101|F
            ORC|%2$s|ORD-%1$s^NORTHRIS|FIL-%1$s^NORTHRAD||SC||1^ONCE^^@1100^^R
            OBR|1|ORD-%1$s^NORTHRIS|FIL-%1$s^NORTHRAD|CTABD^CT ABDOMEN^99NORTH||||||||||||||%1$s|RP%1$s|SPS%1$s||||CT|||1^ONCE^^@1100^^R
            ZDS|1.2.276.0.76.3.1.99.4.%3$s^NORTHRIS^Application^DICOM
            """;

    private Messages() {}

    /** Accession ACC240012, the one with weight, height, allergy and alert. */
    public static String ctHead() {
        return CT_HEAD.replace("@", today());
    }

    /** XO on {@link #ctHead()} that carries a new time and little else. */
    public static String reschedule() {
        return RESCHEDULE.replace("@", today());
    }

    /** A plain CT order; patient, numbers and UIDs follow from the accession. */
    public static String order(String accession) {
        return order(accession, "NW");
    }

    public static String order(String accession, String orderControl) {
        return ANY_ORDER
                .formatted(accession, orderControl, studyNumber(accession))
                .replace("@", today());
    }

    public static String studyOf(String accession) {
        return "1.2.276.0.76.3.1.99.4." + studyNumber(accession);
    }

    public static String today() {
        return DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.now(ZoneOffset.UTC));
    }

    private static String studyNumber(String accession) {
        return Integer.toUnsignedString(accession.hashCode());
    }
}
