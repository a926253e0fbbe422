package io.collimator.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.collimator.dicom.data.AeTitle;
import io.collimator.engine.config.ApplicationEntity.Fallback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharacterSetEntryTest {

    @TempDir
    private Path folder;

    private ApplicationEntities load(String... characterSet) throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config/application-entities.yaml"),
                "applicationEntities:\n  CT1:\n    %s\n".formatted(String.join("\n    ", characterSet)));
        return ApplicationEntities.load(new Home(folder));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "description: none | '' | UTF8",
                "characterSet: | '' | UTF8",
                "characterSet: ISO_IR 100 | ISO_IR 100 | UTF8",
                "characterSet: {terms: ISO_IR 100} | ISO_IR 100 | UTF8",
                "characterSet: {terms: ISO_IR 100, fallback: utf8} | ISO_IR 100 | UTF8",
                "characterSet: {terms: ISO_IR 100, fallback: transliterate} | ISO_IR 100 | TRANSLITERATE",
                "characterSet: {fallback: transliterate} | '' | TRANSLITERATE",
                "'characterSet: {terms: ISO 2022 IR 6\\ISO 2022 IR 87}' | ISO 2022 IR 6\\ISO 2022 IR 87 | UTF8",
            })
    void a_peer_reads_what_its_terms_say_and_has_a_fallback(String line, String terms, Fallback fallback)
            throws IOException {
        assertThat(load(line).find(new AeTitle("CT1"))).hasValueSatisfying(peer -> {
            assertThat(peer.characterSet()).isEqualTo(terms);
            assertThat(peer.fallback()).isEqualTo(fallback);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fallback: transliterat | :4: applicationEntities.CT1.characterSet.fallback = \"transliterat\": is unknown; expected one of utf8, transliterate. Did you mean transliterate?",
                "fallback: utf-8 | Did you mean utf8?",
                "fallbak: utf8 | :4: applicationEntities.CT1.characterSet.fallbak: is unknown; expected one of fallback, terms. Did you mean fallback?",
                "terms: ISO-IR 100 | :4: applicationEntities.CT1.characterSet.terms = \"ISO-IR 100\": is not supported; | Did you mean ISO_IR 100?",
                "terms: [ISO_IR 100] | :4: applicationEntities.CT1.characterSet.terms: is a list where one value is meant",
                "terms: ISO_IR 999 | characterSet.terms = \"ISO_IR 999\": is not supported",
            })
    void what_is_wrong_is_told_with_its_line_and_what_was_meant(String line, String problem) {
        ConfigurationException e =
                catchThrowableOfType(ConfigurationException.class, () -> load("characterSet:", "  " + line));

        assertThat(e)
                .hasMessageContaining("config/application-entities.yaml" + (problem.startsWith(":") ? problem : ":"));
        assertThat(e).hasMessageContaining(problem);
    }
}
