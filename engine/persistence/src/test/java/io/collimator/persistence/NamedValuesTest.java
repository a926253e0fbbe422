package io.collimator.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedValuesTest {

    @Test
    void what_is_written_is_read_as_it_was() {
        Map<String, String> values = Map.of(
                "OBR-4", "A\\T\\B^Name=1",
                "PID-5", "",
                "note", "one\r\ntwo\\n",
                "end", "\\");

        assertThat(NamedValues.read(NamedValues.write(values))).isEqualTo(values);
        assertThat(NamedValues.read(NamedValues.write(Map.of()))).isEmpty();
    }

    @Test
    void a_line_that_names_nothing_is_passed_over() {
        assertThat(NamedValues.read("MSH-3=RIS\nnothing\n=x\nMSH-4=")).isEqualTo(Map.of("MSH-3", "RIS", "MSH-4", ""));
    }
}
