package io.collimator.acceptance.persistence;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Entries and queries from a few letters, so that they meet; some of the letters mean something to SQL. */
final class RandomWorklist {

    private static final List<String> LETTERS = List.of(
            "A",
            "a",
            "B",
            "%",
            "_",
            "[",
            "!",
            "'",
            "\u00C9",
            "E\u0301",
            "\u00DF",
            "\u00F8",
            "\uAE40",
            "\u1100\u1161",
            "\u5C71",
            "\u304C",
            "\uD83D\uDE00",
            " ",
            "0");
    private static final List<String> DATES = List.of("20261120", "20261121", "20261122", "20261123");
    private static final List<String> TIMES = List.of("", "08", "0930", "093059", "235959.999999");
    private static final List<String> STATIONS = List.of("CT1", "ct1", "CT2", "CT_1", "MR1");
    private static final List<Tag> TEXTS = List.of(
            Tags.PatientName,
            Tags.PatientID,
            Tags.RequestedProcedureID,
            Tags.AdmissionID,
            Tags.ReferringPhysicianName,
            Tags.RequestedProcedureDescription);

    private final Random random;
    private final String modality;

    RandomWorklist(long seed, String modality) {
        this.random = new Random(seed);
        this.modality = modality;
    }

    DataSet entry() {
        DataSet.Builder entry = Dictionary.dataSet();
        TEXTS.forEach(tag -> entry.put(tag, text(tag, false)));
        return entry.put(Tags.StudyInstanceUID, "1.2." + random.nextInt(5))
                .put(Tags.PatientWeight, List.of("70", "70.0", "7E1", "71").get(random.nextInt(4)))
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet()
                                .put(Tags.Modality, modality)
                                .put(Tags.ScheduledProcedureStepStartTime, oneOf(TIMES))
                                .build())
                .build();
    }

    String date() {
        return oneOf(DATES);
    }

    String[] stations() {
        return random.ints(random.nextInt(3), 0, STATIONS.size())
                .mapToObj(STATIONS::get)
                .map(String::toUpperCase)
                .distinct()
                .toArray(String[]::new);
    }

    /** One to three keys with values, always of our modality. */
    DataSet identifier() {
        DataSet.Builder step = Dictionary.dataSet().put(Tags.Modality, modality);
        DataSet.Builder keys = Dictionary.dataSet().put(Tags.AccessionNumber);
        for (int i = 0; i <= random.nextInt(3); i++) {
            int which = random.nextInt(TEXTS.size() + 5);
            switch (which) {
                case 0 -> keys.put(Tags.AccessionNumber, "N0" + oneOf(List.of("*", "??", "1*", "05")));
                case 1 -> step.put(Tags.ScheduledStationAETitle, oneOf(STATIONS), oneOf(List.of("CT?", "X", "*1")));
                case 2 -> step.put(Tags.ScheduledProcedureStepStartDate, dates());
                case 3 -> step.put(Tags.ScheduledProcedureStepStartTime, times());
                case 4 -> keys.put(Tags.StudyInstanceUID, "1.2." + random.nextInt(5), "1.2." + random.nextInt(9));
                default -> keys.put(TEXTS.get(which - 5), text(TEXTS.get(which - 5), true));
            }
        }
        if (random.nextInt(8) == 0) {
            keys.put(Tags.PatientWeight, "070");
        }
        return keys.items(Tags.ScheduledProcedureStepSequence, step.build()).build();
    }

    private String dates() {
        String from = oneOf(DATES);
        String to = oneOf(DATES);
        return switch (random.nextInt(4)) {
            case 0 -> from;
            case 1 -> from + "-";
            case 2 -> "-" + to;
            default -> from.compareTo(to) <= 0 ? from + "-" + to : to + "-" + from;
        };
    }

    private String times() {
        String first = TIMES.get(1 + random.nextInt(TIMES.size() - 1));
        return switch (random.nextInt(3)) {
            case 0 -> first;
            case 1 -> first + "-";
            default -> first + "-" + TIMES.get(1 + random.nextInt(TIMES.size() - 1));
        };
    }

    private String text(Tag tag, boolean wildcards) {
        StringBuilder text = new StringBuilder();
        boolean isName = tag.equals(Tags.PatientName) || tag.equals(Tags.ReferringPhysicianName);
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            text.append(oneOf(LETTERS));
            if (isName && random.nextInt(3) == 0) {
                text.append(random.nextInt(3) == 0 ? "=" : "^");
            }
            if (wildcards && random.nextInt(2) == 0) {
                text.append(random.nextInt(3) == 0 ? "?" : "*");
            }
        }
        return text.toString();
    }

    private String oneOf(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** The keys with their values; they are nobody's. */
    String described(DataSet identifier) {
        return identifier.elements().stream().map(this::described).collect(Collectors.joining(" "));
    }

    private String described(Element element) {
        if (element.value() instanceof Value.Items items) {
            return element.tag()
                    + items.values().stream().map(this::described).toList().toString();
        }
        return element.value() instanceof Value.Text text ? element.tag() + "=" + text.values() : element.toString();
    }
}
