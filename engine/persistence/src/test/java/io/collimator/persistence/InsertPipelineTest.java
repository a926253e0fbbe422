package io.collimator.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsertPipelineTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into timeline_entry (accession,at,kind,summary,id) values (?,?,?,?,?)",
                "INSERT INTO commitment_link (request_id, accession) VALUES (?, ?)"
            })
    void an_insert_of_one_row_is_held_back(String sql) {
        assertThat(InsertPipeline.takes(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update outbox set sent=? where id=?",
                "select number from accession where number=?",
                "INSERT INTO commitment_link (request_id) SELECT id FROM commitment_request WHERE id = ?",
                "INSERT INTO accession (number) VALUES (?) ON CONFLICT DO NOTHING",
                "INSERT INTO accession (number) VALUES (?) RETURNING number",
                "INSERT INTO a (b) VALUES (?); DELETE FROM a WHERE (1 = 1)"
            })
    void what_reads_changes_or_may_insert_another_number_of_rows_goes_at_once(String sql) {
        assertThat(InsertPipeline.takes(sql)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"select nextval('step_number_seq')", "SELECT NEXTVAL ('scheduled_step_seq')"})
    void drawing_a_number_sends_nothing(String sql) {
        assertThat(InsertPipeline.drawsNumber(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select nextval('outbox_seq'), number from accession",
                "select number from accession where number=?",
                "select setval('outbox_seq', (select max(seq) from outbox))"
            })
    void a_question_that_sees_rows_draws_no_number(String sql) {
        assertThat(InsertPipeline.drawsNumber(sql)).isFalse();
    }
}
