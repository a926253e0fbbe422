package io.collimator.bench;

import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/**
 * Worklist entries made by number: each has an accession, a patient and a study of its own, and twenty share a station and a
 * day. The first is made by the engine of an order; the others are its rows with other keys of the same length.
 */
final class WorklistEntries {

    /** Entries of one station on one day. */
    static final int A_DAY = 20;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
    private static final LocalDate FIRST_DAY = LocalDate.of(2031, 1, 1);
    private static final int STATIONS = 10;
    private static final int TEMPLATE = 999_999_999;
    private static final String TEMPLATE_DAY = "20301231";
    private static final String TEMPLATE_STATION = "BCT0";
    private static final long FIRST_STUDY = 5_000_000_000L;

    private WorklistEntries() {}

    /** The station of every CT order of the measured engine. */
    static String templateStation() {
        return TEMPLATE_STATION;
    }

    static String accession(int number) {
        return "W" + String.valueOf(1_000_000_000L + number).substring(1);
    }

    static String station(int number) {
        return "BCT" + number / A_DAY % STATIONS;
    }

    static String day(int number) {
        return DATE.format(FIRST_DAY.plusDays(number / A_DAY / STATIONS));
    }

    /** The order that the engine makes the first entry of. */
    static String order() {
        String key = accession(TEMPLATE);
        String time = TEMPLATE_DAY + "0930";
        return "MSH|^~\\&|NORTHRIS|NORTH GENERAL|COLLIMATOR|RADIOLOGY|20261122081500||ORM^O01|" + key
                + "|P|2.3.1||||||8859/1\r"
                + "PID|||P" + key
                + "^^^NORTH&1.2.276.0.76.3.1.99.1&ISO||LINDQVIST^ANNA^M||19740312|F|||14 HARBOUR ROAD^^NORTHPORT^^4021||555-0142|||||ADM-5512\r"
                + "PV1||I|WARD 4^12^B||||2207^HOLM^ERIK^^^DR|3310^SANDE^KARI^^^DR|||||||A0||||V" + key + "\r"
                + "AL1|1|DA|1191^ASPIRIN|MO|RASH\r"
                + "ORC|NW|O" + key + "^NORTHRIS|F" + key + "^NORTHRAD||SC||1^ONCE^^" + time
                + "^^S||202611220815|77^CLERK^PAT||3310^SANDE^KARI^^^DR|||||RAD^RADIOLOGY DEPARTMENT^99NORTH\r"
                + "OBR|1|O" + key + "^NORTHRIS|F" + key
                + "^NORTHRAD|CTSTD^CT STANDARD EXAMINATION^99NORTH||||||||AMBULATORY|PACEMAKER|||3310^SANDE^KARI^^^DR||"
                + key + "|R" + key + "|S" + key + "||||CT|||1^ONCE^^" + time
                + "^^S|||WALK|R51^HEADACHE^I10|||||||||||||CTSTD^CT STANDARD EXAMINATION^99NORTH\r"
                + "ZDS|" + study(0) + "^NORTHRIS^Application^DICOM\r";
    }

    private static String study(long number) {
        return "1.2.276.0.76.3.1.99.6." + (FIRST_STUDY + number);
    }

    /** Adds the entries from one number to another, exclusively; the engine has made its own of {@link #order} before. */
    static void add(PostgresCluster cluster, String database, int from, int to) throws SQLException {
        String key = "'W' || lpad(n::text, 9, '0')";
        String day = "(date '%s' + (n / %d))".formatted(FIRST_DAY, A_DAY * STATIONS);
        String start = day + " + time '09:30'";
        String station = "'BCT' || (n / %d %% %d)".formatted(A_DAY, STATIONS);
        String study = "'1.2.276.0.76.3.1.99.6.' || (%d + n + 1)".formatted(FIRST_STUDY);
        String numbers = " FROM generate_series(%d, %d) n".formatted(from, to - 1);
        String template =
                " CROSS JOIN (SELECT * FROM scheduled_step WHERE accession = '%s') t".formatted(accession(TEMPLATE));
        String entry = replaced(
                replaced(
                        replaced(
                                replaced("encode(t.data_set, 'hex')", "'" + accession(TEMPLATE) + "'", key),
                                "'" + study(0) + "'",
                                study),
                        "'" + TEMPLATE_DAY + "'",
                        "to_char(" + day + ", 'YYYYMMDD')"),
                "'" + TEMPLATE_STATION + "'",
                station);
        cluster.execute(
                database,
                "SET work_mem = '256MB'",
                "SET maintenance_work_mem = '512MB'",
                "SET synchronous_commit = off",
                "SET session_replication_role = replica",
                "INSERT INTO accession (number, patient_id, patient_issuer, patient_name, birth_date, sex,"
                        + " study_instance_uid, requested_procedure_id, placer_number, placer_namespace, filler_number,"
                        + " filler_namespace, order_status, procedure_state, custody_state) SELECT " + key + ", 'P' || "
                        + key
                        + ", 'NORTH', 'LINDQVIST^ANNA^M', '19740312', 'F', " + study + ", 'R' || " + key + ", 'O' || "
                        + key
                        + ", 'NORTHRIS', 'F' || " + key + ", 'NORTHRAD', 'SCHEDULED', 'SCHEDULED', 'NONE'" + numbers,
                "INSERT INTO scheduled_step (id, accession, step_id, ordinal, step_id_derived, status, ordered_at,"
                        + " start_at, modality, patient_id, requested_procedure_id, study_instance_uid, data_set)"
                        + " SELECT 2000000000 + n, " + key + ", 'S' || " + key
                        + ", 1, FALSE, 'SCHEDULED', t.ordered_at, " + start
                        + ", t.modality, 'P' || " + key + ", 'R' || " + key + ", " + study + ", decode(" + entry
                        + ", 'hex')"
                        + numbers + template,
                "INSERT INTO scheduled_step_station (step_id, ae_title, start_at) SELECT 2000000000 + n, " + station
                        + ", " + start + numbers,
                "INSERT INTO scheduled_step_name (step_id, name) SELECT 2000000000 + n, t.name" + numbers
                        + " CROSS JOIN (SELECT name FROM scheduled_step_name WHERE step_id = (SELECT id FROM scheduled_step WHERE accession = '"
                        + accession(TEMPLATE) + "')) t",
                "ANALYZE",
                "CHECKPOINT");
    }

    /** Bytes that stand for ASCII text, as hexadecimal; both texts are of the same length, so that no length changes. */
    private static String replaced(String hex, String old, String current) {
        return "replace(%s, encode(convert_to(%s, 'UTF8'), 'hex'), encode(convert_to(%s, 'UTF8'), 'hex'))"
                .formatted(hex, old, current);
    }
}
