package io.collimator.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags, UIDs and AE titles refuse what is none. */
class IdentifierTest {

    @ParameterizedTest
    @ValueSource(strings = {"1.2.840.10008.1.1", "2.25.0", "0.0", "1.20.30"})
    void accepts_uids(String text) {
        assertThat(Uid.parse(text)).contains(new Uid(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.",
                ".1",
                "1..2",
                "1.02",
                "1.2.a",
                "1.2 ",
                "1.2\n",
                "1.2345678901.2345678901.2345678901.2345678901.2345678901.23456789",
                "١.٢"
            })
    void refuses_uids(String text) {
        assertThat(Uid.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new Uid(text));
    }

    @Test
    void derives_a_uid_from_a_uuid_or_a_name() {
        UUID uuid = UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6");

        assertThat(Uid.of(uuid)).isEqualTo(new Uid("2.25.329800735698586629295641978511506172918"));
        assertThat(Uid.ofName("order 1")).isEqualTo(Uid.ofName("order 1")).isNotEqualTo(Uid.ofName("order 2"));
    }

    @Test
    void takes_spaces_off_an_ae_title() {
        assertThat(new AeTitle(" CT EAST  ").value()).isEqualTo("CT EAST");
        assertThat(AeTitle.parse("1234567890123456 ")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "12345678901234567", "A\\B", "A\tB", "CTÉ", "A\0B"})
    void refuses_ae_titles(String text) {
        assertThat(AeTitle.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new AeTitle(text)).withMessageContaining("1 to 16");
    }

    @Test
    void reads_and_shows_tags() {
        Tag tag = Tag.parse("(0010,0020)");

        assertThat(tag).isEqualTo(Tag.of(0x0010, 0x0020)).hasToString("(0010,0020)");
        assertThat(Tag.parse("FFFEe00d").group()).isEqualTo(0xFFFE);
        assertThat(Tag.of(0xFFFE, 0xE000)).isGreaterThan(tag);
        assertThat(Tag.of(0x0029, 0x0010).isPrivateCreator()).isTrue();
        assertThat(Tag.of(0x0029, 0x1010).isPrivateCreator()).isFalse();
        assertThat(Tag.of(0x0028, 0x0010).isPrivateCreator()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0010", "0010002", "0010,00200", "00100G20"})
    void refuses_tags(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Tag.parse(text));
    }

    @Test
    void refuses_halves_of_a_tag_beyond_16_bits() {
        assertThatIllegalArgumentException().isThrownBy(() -> Tag.of(0x1_0000, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Tag.of(0, -1));
    }
}
