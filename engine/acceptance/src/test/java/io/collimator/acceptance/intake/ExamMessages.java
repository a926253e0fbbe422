package io.collimator.acceptance.intake;

import io.collimator.acceptance.engine.Er7;
import io.collimator.acceptance.engine.Messages;

/** Messages about exams of several procedures, their appointments and their patients. */
final class ExamMessages {

    private static final String TODAY = Messages.today();

    private ExamMessages() {}

    /** @param procedures code and time of each */
    static Er7 procedures(String accession, String control, int number, String... procedures) {
        StringBuilder message = new StringBuilder("""
                MSH|^~\\&|NORTHRIS|NORTH GENERAL|COLLIMATOR|RADIOLOGY|%1$s09%2$02d00||ORM^O01|%3$s-%2$d|P|2.3.1
                PID|||PID-%3$s^^^NORTH||TEST^%3$s||19800101|F
                ORC|%4$s|ORD-%3$s^NORTHRIS|FIL-%3$s^NORTHRAD
                """.formatted(TODAY, number, accession, control));
        for (int i = 0; i < procedures.length; i++) {
            String[] parts = procedures[i].split(" ", -1);
            message.append(
                    "OBR|%d|ORD-%s^NORTHRIS|FIL-%s^NORTHRAD|%s^%s^99NORTH||||||||||||||%s||||||CT|||1^ONCE^^%s%s^^R%n"
                            .formatted(i + 1, accession, accession, parts[0], parts[0], accession, TODAY, parts[1]));
        }
        return Er7.of(message.toString());
    }

    /** @param protocols code and time of each */
    static Er7 imaging(String accession, String control, int number, String... protocols) {
        StringBuilder message = new StringBuilder("""
                MSH|^~\\&|NORTHRIS|NORTH GENERAL|COLLIMATOR|RADIOLOGY|%1$s09%2$02d00||OMI^O23^OMI_O23|%3$s-%2$d|P|2.5.1
                PID|||PID-%3$s^^^NORTH||TEST^%3$s||19800101|F
                """.formatted(TODAY, number, accession));
        for (String protocol : protocols) {
            String[] parts = protocol.split(" ", -1);
            message.append("""
                    ORC|%1$s|ORD-%2$s^NORTHRIS|FIL-%2$s^NORTHRAD
                    TQ1|1||||||%3$s%4$s
                    OBR|1|ORD-%2$s^NORTHRIS|FIL-%2$s^NORTHRAD|KNEE^Knee^99NORTH
                    IPC|%2$s|RP%2$s|||CT|%5$s^%5$s^99PROTO
                    """.formatted(control, accession, TODAY, parts[1], parts[0]));
        }
        return Er7.of(message.toString());
    }

    /** @param services code and time of each, and where */
    static Er7 appointment(String event, String accession, int number, String... services) {
        StringBuilder message = new StringBuilder("""
                MSH|^~\\&|NORTHSCHED|NORTH GENERAL|COLLIMATOR|RADIOLOGY|%1$s10%2$02d00||SIU^%3$s^SIU_S12|%4$s-S%2$d|P|2.5.1
                SCH|APT-%4$s|||||||||||||||||||||||||ORD-%4$s^NORTHRIS|FIL-%4$s^NORTHRAD
                PID|||PID-%4$s^^^NORTH||TEST^%4$s||19800101|F
                """.formatted(TODAY, number, event, accession));
        for (int i = 0; i < services.length; i++) {
            String[] parts = services[i].split(" ", -1);
            message.append("RGS|%d%nAIS|%d||%s^%s^99NORTH|%s%s%n"
                    .formatted(i + 1, i + 1, parts[0], parts[0], TODAY, parts[1]));
            if (parts.length > 2) {
                message.append("AIL|%d||%s%n".formatted(i + 1, parts[2]));
            }
        }
        return Er7.of(message.toString());
    }

    static Er7 moved(Er7 order, String accession, int number, String start) {
        String timing = start.isEmpty() ? "" : "1^ONCE^^" + start + "^^R";
        return order.set("MSH", 7, TODAY + "11%02d00".formatted(number))
                .set("MSH", 10, accession + "-M" + number)
                .set("ORC", 7, timing)
                .set("OBR", 27, timing);
    }

    static Er7 adt(String event, String accession, int number) {
        return Er7.of("""
                MSH|^~\\&|NORTHADT|NORTH GENERAL|COLLIMATOR|RADIOLOGY|%1$s10%2$02d00||ADT^%3$s|%4$s-A%2$d|P|2.5
                EVN||%1$s10%2$02d00
                PID|||PID-%4$s^^^NORTH||TEST^%4$s||19800101|F
                """.formatted(TODAY, number, event, accession));
    }

    static Er7 changeOfNumber(String from, String to, int number) {
        return Er7.of("""
                MSH|^~\\&|NORTHADT|NORTH GENERAL|COLLIMATOR|RADIOLOGY|%1$s12%2$02d00||ADT^A47|%3$s-%2$d|P|2.5
                EVN||%1$s12%2$02d00
                PID|||%4$s^^^NORTH||TEST^%3$s||19800101|F
                MRG|%3$s^^^NORTH
                """.formatted(TODAY, number, from, to));
    }
}
