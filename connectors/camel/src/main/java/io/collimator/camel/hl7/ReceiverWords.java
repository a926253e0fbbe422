package io.collimator.camel.hl7;

import io.collimator.hl7.message.Hl7Headers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a receiver says in an acknowledgement beside its code. */
final class ReceiverWords {

    private static final int TEXT = 3;
    private static final int MAX_CHARACTERS = 500;

    private ReceiverWords() {}

    /** MSA-3, then each ERR as it stands; one line, cut where it is long. */
    static String of(byte[] answer) {
        Charset charset = Hl7Headers.read(answer, StandardCharsets.UTF_8)
                .map(Hl7Headers::charset)
                .orElse(StandardCharsets.UTF_8);
        String text = new String(answer, charset);
        if (text.length() < 4) {
            return "";
        }
        String separator = Pattern.quote(text.substring(3, 4));
        List<String> words = new ArrayList<>();
        for (String segment : text.split("[\r\n]+", -1)) {
            String[] fields = segment.split(separator, -1);
            if (fields[0].equals("MSA") && fields.length > TEXT && !fields[TEXT].isBlank()) {
                words.add(fields[TEXT].strip());
            } else if (fields[0].equals("ERR")) {
                words.add(segment.strip());
            }
        }
        String all = String.join(" ", words).replaceAll("\\p{Cntrl}", " ");
        return all.length() > MAX_CHARACTERS ? all.substring(0, MAX_CHARACTERS) + "…" : all;
    }
}
