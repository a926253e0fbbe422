package io.collimator.bench;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/**
 * Order messages as a RIS sends them, made by number: each has a patient, an accession, a step and a study of its own.
 *
 * @param prefix begins every key, so that several runs may share a store; 1 to 4 letters
 * @param firstDay of the first {@link #ORDERS_A_DAY} orders
 */
record OrderText(String prefix, LocalDate firstDay) {

    /** Few enough that one day's entries fit one answer of the worklist. */
    static final int ORDERS_A_DAY = 400;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
    private static final String[] MODALITIES = {"CT", "MR", "CR", "US"};
    private static final String[] FAMILY = {"LINDQVIST", "OKAFOR", "SANDOVAL", "NAKAMURA", "HAUGEN", "PETROVA", "MBEKI"
    };
    private static final String[] GIVEN = {"ANNA", "JONAS", "MARIA", "KENJI", "INGRID", "PAVEL", "THANDI", "LUCIA"};

    String accession(long number) {
        return prefix + String.valueOf(1_000_000_000L + number).substring(1);
    }

    /** The number of an accession of this prefix. */
    long numberOf(String accession) {
        return Long.parseLong(accession.substring(prefix.length()));
    }

    LocalDate day(long number) {
        return firstDay.plusDays(number / ORDERS_A_DAY);
    }

    /** ORM^O01, about 1.1 KB, ISO 8859-1. */
    byte[] message(long number) {
        String key = accession(number);
        int pick = (int) (number % 10_007);
        String modality = MODALITIES[pick % MODALITIES.length];
        String start =
                DATE.format(day(number)) + String.valueOf(100 + pick % 24).substring(1) + "30";
        String patient = "PAT" + key;
        String name = FAMILY[pick % FAMILY.length] + "^" + GIVEN[pick % GIVEN.length] + "^M";
        String service = modality + "STD^" + modality + " STANDARD EXAMINATION^99NORTH";
        String text = "MSH|^~\\&|NORTHRIS|NORTH GENERAL|COLLIMATOR|RADIOLOGY|20261122081500||ORM^O01|" + key
                + "|P|2.3.1||||||8859/1\r"
                + "PID|||" + patient + "^^^NORTH&1.2.276.0.76.3.1.99.1&ISO||" + name
                + "||19740312|F|||14 HARBOUR ROAD^^NORTHPORT^^4021||555-0142|||||ADM-5512\r"
                + "PV1||I|WARD 4^12^B||||2207^HOLM^ERIK^^^DR|3310^SANDE^KARI^^^DR|||||||A0||||V" + key + "\r"
                + "AL1|1|DA|1191^ASPIRIN|MO|RASH\r"
                + "ORC|NW|ORD" + key + "^NORTHRIS|FIL" + key + "^NORTHRAD||SC||1^ONCE^^" + start
                + "^^S||202611220815|77^CLERK^PAT||3310^SANDE^KARI^^^DR|||||RAD^RADIOLOGY DEPARTMENT^99NORTH\r"
                + "OBR|1|ORD" + key + "^NORTHRIS|FIL" + key + "^NORTHRAD|" + service
                + "||||||||AMBULATORY|PACEMAKER|||3310^SANDE^KARI^^^DR||" + key + "|RP" + key + "|SP" + key + "||||"
                + modality + "|||1^ONCE^^" + start + "^^S|||WALK|R51^HEADACHE^I10|||||||||||||" + service + "\r"
                + "OBX|1|NM|29463-7^BODY WEIGHT^LN||68.5|kg|||||F\r"
                + "OBX|2|NM|8302-2^BODY HEIGHT^LN||171|cm|||||F\r"
                + "NTE|1||SUDDEN ONSET, RULE OUT BLEED\r"
                + "ZDS|" + study(number) + "^NORTHRIS^Application^DICOM\r";
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String study(long number) {
        return "1.2.276.0.76.3.1.99.4." + Integer.toUnsignedString(prefix.hashCode()) + "." + (number + 1);
    }
}
