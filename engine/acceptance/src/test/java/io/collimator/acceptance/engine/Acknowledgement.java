package io.collimator.acceptance.engine;

/**
 * What a sender reads in an answer.
 *
 * @param code MSA-1
 * @param controlId MSA-2
 * @param error the first ERR segment, "" when there is none
 * @param text the whole answer, segments ended by LF
 */
public record Acknowledgement(String code, String controlId, String error, String text) {

    public static Acknowledgement of(String answer) {
        String acknowledgement = segment(answer, "MSA");
        String[] fields = acknowledgement.split("\\|", -1);
        return new Acknowledgement(
                fields.length > 1 ? fields[1] : "", fields.length > 2 ? fields[2] : "", segment(answer, "ERR"), answer);
    }

    private static String segment(String answer, String name) {
        return answer.lines()
                .filter(line -> line.startsWith(name + "|"))
                .findFirst()
                .orElse("");
    }

    /** Table 0357 code of the first ERR, in the form of either version; "" when there is none. */
    public String errorCode() {
        String[] fields = error.split("\\|", -1);
        if (fields.length > 3) {
            return fields[3].split("\\^", -1)[0];
        }
        if (fields.length < 2) {
            return "";
        }
        String[] location = fields[1].split("\\^", -1);
        return location[location.length - 1].split("&", -1)[0];
    }

    /** Segment and field of the first ERR, for instance {@code OBR-18}; the segment alone when no field is named. */
    public String errorPlace() {
        String[] fields = error.split("\\|", -1);
        if (fields.length < 2) {
            return "";
        }
        String[] location = (fields.length > 3 ? fields[2] : fields[1]).split("\\^", -1);
        boolean hasField = location.length > 2 && !location[2].isEmpty() && location[2].matches("\\d+");
        return hasField ? location[0] + "-" + location[2] : location[0];
    }

    /** Code, error and place in one: {@code AE 102 OBR-18}, or {@code AA}. */
    public String verdict() {
        return (code + " " + errorCode() + " " + errorPlace()).strip();
    }
}
