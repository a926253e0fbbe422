package io.collimator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever an analyst's files hold, loading says what is wrong or gives a set that runs. */
class FileFuzzTest {

    private static final String ALPHABET = "\n\n  :-,[]{}\"'#&*|>\\^~\t\u0000\uFEFFaZ01 émà";
    private static final int RUNS = 120;

    @Test
    void a_mutated_set_is_refused_with_findings_or_runs() {
        MappingFiles shipped = MappingFiles.read(Path.of("."));
        Map<String, String> small = smallSet(shipped);
        List<String> names = new ArrayList<>(small.keySet());
        Random random = new Random(20261123);
        int loaded = 0;
        for (int run = 0; run < RUNS; run++) {
            MappingFiles files = MappingFiles.of(small);
            int changes = 1 + random.nextInt(3);
            for (int change = 0; change < changes; change++) {
                String name = names.get(random.nextInt(names.size()));
                files = files.with(name, mutated(files.text(name).orElseThrow(), random));
            }
            try {
                MappingSet.of(files, Samples.OSLO).runCases();
                loaded++;
            } catch (MappingException refused) {
                assertThat(refused.problems()).isNotEmpty().allSatisfy(problem -> {
                    assertThat(problem.file()).startsWith("mapping");
                    assertThat(problem.fix()).isNotEmpty();
                });
            }
        }
        assertThat(loaded).isBetween(1, RUNS - 1);
    }

    private static Map<String, String> smallSet(MappingFiles shipped) {
        Map<String, String> small = new TreeMap<>(shipped.texts());
        small.keySet().removeIf(name -> name.startsWith("cases/") && !name.contains("orm-o01-cancel/"));
        small.put("definitions/site.yaml", """
                layer: site
                changes: [orders-to-worklist, patient-and-visit]
                rules:
                  - {id: accession-number, target: AccessionNumber, from: OBR-20, convert: key}
                  - {id: new, after: patient-name, when: OBR-24 is one of CT, target: StudyID, from: OBR-19, convert: key}
                """);
        small.put("senders.yaml", """
                senders:
                  north: {match: {port: 2576, application: RIS}, accession-from: OBR-18, station: CT1+CT2}
                """);
        return small;
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int change = 0; change <= random.nextInt(3); change++) {
            int at = random.nextInt(mutated.length() + 1);
            String other = String.valueOf(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            switch (random.nextInt(4)) {
                case 0 -> mutated.insert(at, other);
                case 1 -> mutated.insert(at, other.repeat(1 + random.nextInt(100)));
                case 2 -> mutated.delete(at, Math.min(mutated.length(), at + 1 + random.nextInt(20)));
                default ->
                    mutated.insert(
                            at, text, Math.min(at, text.length()), Math.min(text.length(), at + random.nextInt(60)));
            }
        }
        return mutated.toString();
    }
}
