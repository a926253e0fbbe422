package io.collimator.acceptance.interoperability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class InteroperabilityTableTest {

    @Test
    void a_pair_has_one_line_with_the_syntaxes_and_tests_of_all_its_rows() {
        String page = InteroperabilityTable.of(List.of(
                RecordedRow.parse("BIT", "STORE,SCU,DCMTK storescp,JPEG,b"),
                RecordedRow.parse("AIT", "STORE,SCU,DCMTK storescp,EXPLICIT IMPLICIT,a"),
                RecordedRow.parse("AIT", "VERIFICATION,SCP,DCMTK echoscu,,e")));

        assertThat(page).endsWith("""
                        | Verification (C-ECHO) | DCMTK echoscu | Collimator | no data set | `AIT.e` |
                        | Storage (C-STORE) | Collimator | DCMTK storescp | Implicit LE, Explicit LE, JPEG Baseline | `AIT.a`<br>`BIT.b` |
                        """);
    }

    @Test
    void a_line_of_another_form_is_refused() {
        assertThatThrownBy(() -> RecordedRow.parse("AIT", "STORE,SCU"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 2 fields, expected 5");
    }
}
