package io.collimator.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonNameTest {

    @Test
    void takes_a_name_apart() {
        PersonName name = PersonName.parse("Yamada^Tarou^M^Dr^Jr=山田^太郎=やまだ^たろう");

        assertThat(name.alphabetic()).isEqualTo(new PersonName.Group("Yamada", "Tarou", "M", "Dr", "Jr"));
        assertThat(name.ideographic().family()).isEqualTo("山田");
        assertThat(name.phonetic().given()).isEqualTo("たろう");
        assertThat(name.groups()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "DOE^JOHN^^^,        DOE^JOHN",
        "DOE^JOHN==,         DOE^JOHN",
        "' DOE ^ JOHN ',     DOE^JOHN",
        "^JOHN,              ^JOHN",
        "=山田^太郎,           =山田^太郎",
        "==やまだ,            ==やまだ",
        "DOE^^^^JR,          DOE^^^^JR",
        "DOE^JOHN^^^^^^,     DOE^JOHN",
        "^^^^==,             ''",
        "'',                 ''"
    })
    void drops_what_is_empty_at_the_end_and_only_there(String value, String expected) {
        PersonName name = PersonName.parse(value);

        assertThat(name.format()).isEqualTo(expected);
        assertThat(PersonName.parse(name.format())).isEqualTo(name);
        assertThat(name.isEmpty()).isEqualTo(expected.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"A^B^C^D^E^F", "A=B=C=D", "A\\B"})
    void refuses_what_is_no_single_name(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PersonName.parse(value))
                .withMessageNotContaining(value);
    }

    @Test
    void refuses_a_component_that_would_become_two() {
        assertThatIllegalArgumentException().isThrownBy(() -> PersonName.of("DOE^X", "JOHN"));
    }

    @Test
    void keeps_the_name_out_of_logs() {
        assertThat(PersonName.of("DOE", "JOHN")).hasToString("PersonName[…]");
        assertThat(PersonName.of("DOE", "JOHN").alphabetic()).hasToString("Group[…]");
        assertThat(PersonName.of("DOE", "JOHN").format()).isEqualTo("DOE^JOHN");
    }
}
