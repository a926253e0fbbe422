package io.collimator.workflow.worklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorklistQueryTest {

    private static final WorklistSettings SETTINGS =
            new WorklistSettings(ZoneOffset.UTC, Set.of(StepStatus.SCHEDULED, StepStatus.READY), 30, 10, 100, false);
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final DataSet ENTRY = Dictionary.dataSet()
            .put(Tags.AccessionNumber, "ACC240012")
            .put(Tags.PatientName, "MÜLLER^JÖRG  KARL=山田^太郎=やまだ^たろう")
            .put(Tags.PatientID, "PID-7001")
            .put(Tags.PatientBirthDate, "19740312")
            .put(Tags.PatientWeight, "68.5")
            .put(Tags.StudyInstanceUID, "1.2.3")
            .put(Tags.RequestedProcedureID, "RP240012")
            .put(Tags.ReferringPhysicianName, "HOLM^ERIK")
            .items(
                    Tags.RequestedProcedureCodeSequence,
                    Dictionary.dataSet()
                            .put(Tags.CodeValue, "CTHEAD")
                            .put(Tags.CodingSchemeDesignator, "99NORTH")
                            .build())
            .items(
                    Tags.ScheduledProcedureStepSequence,
                    Dictionary.dataSet()
                            .put(Tags.ScheduledStationAETitle, "CT1", "CT2")
                            .put(Tags.ScheduledProcedureStepStartDate, "20261122")
                            .put(Tags.ScheduledProcedureStepStartTime, "235930")
                            .put(Tags.Modality, "CT")
                            .put(Tags.ScheduledProcedureStepID, "SPS240012")
                            .put(Tags.ScheduledProcedureStepStatus, "SCHEDULED")
                            .build())
            .build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MULLER^JORG KARL | true",
                "müller^jörg karl^^^ | true",
                "müller^jörg karl^M | false",
                "MULLER | false",
                "muller* | true",
                "MULLER^* | true",
                "*jorg* | true",
                "MULLER?JORG KARL | true",
                "* | true",
                "** | true",
                "山田* | true",
                "やまだ^たろう | true",
                "=山田* | true",
                "muller*=山田* | true",
                "muller*=鈴木* | false",
                "DOE* | false",
            })
    void names_match_regardless_of_case_accents_and_empty_components(String key, boolean expected) {
        assertThat(matches(Tags.PatientName, key)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KIM=\u91D1^\u5C71=\uAE40^\uD76C | \uAE40* | true",
                "KIM=\u91D1=\uAE40^\uD76C | \uAE40^? | true",
                "KIM=\u91D1=\uAE40^\uD76C | \uAE30* | false",
                "X==\u304C | \u304B | false",
                "X==\u304C | \u304B\u3099 | true",
                "S\u00D8RENSEN^\u0141UKASZ | sorensen^lukasz | true",
                "STRAU\u00DF | strauss | true",
                "\u0141\u00D3D\u0179 | \u0142\u00F3d\u017A | true",
            })
    void only_accents_fall_away(String stored, String key, boolean expected) {
        DataSet entry = Dictionary.dataSet().put(Tags.PatientName, stored).build();

        assertThat(WorklistQuery.of(key(Tags.PatientName, key)).matches(entry)).isEqualTo(expected);
    }

    @Test
    void a_letter_and_its_mark_are_one_however_they_are_written() {
        DataSet entry = Dictionary.dataSet()
                .put(Tags.RequestedProcedureDescription, "GENOU A\u0300 DROITE")
                .build();

        assertThat(WorklistQuery.of(key(Tags.RequestedProcedureDescription, "GENOU \u00C0*"))
                        .matches(entry))
                .isTrue();
        assertThat(WorklistQuery.of(key(Tags.RequestedProcedureDescription, "*A\u0300 DROITE"))
                        .matches(entry))
                .isTrue();
        assertThat(WorklistQuery.of(key(Tags.RequestedProcedureDescription, "*\u00C0 DROITE"))
                        .matches(entry))
                .isTrue();
    }

    @Test
    void a_key_of_another_kind_or_with_too_many_values_fails() {
        assertMalformed(
                Tags.ScheduledProcedureStepSequence,
                DataSet.of(List.of(
                        new Element(Tags.ScheduledProcedureStepSequence, Vr.UN, new Value.Bytes(new byte[] {1, 2})))));
        assertMalformed(
                Tags.PatientName,
                DataSet.of(List.of(new Element(Tags.PatientName, Vr.SQ, new Value.Items(List.of(DataSet.empty()))))));
        assertMalformed(Tags.PatientID, key(Tags.PatientID, "A\0B"));
        assertMalformed(
                Tags.ScheduledProcedureStepStartDate,
                inStep(Tags.ScheduledProcedureStepStartDate, "20261122", "20261123"));
        assertThat(WorklistQuery.of(
                                DataSet.of(List.of(new Element(Tags.PatientName, Vr.UN, new Value.Bytes(new byte[0])))))
                        .matches(ENTRY))
                .isTrue();
    }

    @Test
    void a_list_with_a_universal_value_narrows_nothing_anywhere() {
        WorklistQuery query = WorklistQuery.of(key(Tags.StudyInstanceUID, "1.2.9", "*"));

        assertThat(query.matches(ENTRY)).isTrue();
        assertThat(query.filter(SETTINGS, NOW).filters(WorklistFilter.Column.STUDY))
                .isEmpty();
    }

    @Test
    void a_family_name_with_an_open_given_name_finds_who_has_none() {
        DataSet entry = Dictionary.dataSet().put(Tags.PatientName, "DOE").build();

        assertThat(WorklistQuery.of(key(Tags.PatientName, "DOE^*")).matches(entry))
                .isTrue();
        assertThat(WorklistQuery.of(key(Tags.PatientName, "DOE^J*")).matches(entry))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ACC240012, true",
        "acc240012, false",
        "ACC24*, true",
        "ACC24001?, true",
        "ACC24001, false",
        "' ACC240012 ', true",
        "ACC%, false",
        "ACC_*, false",
    })
    void accession_numbers_match_by_case_with_wildcards(String key, boolean expected) {
        assertThat(matches(Tags.AccessionNumber, key)).isEqualTo(expected);
    }

    @Test
    void other_keys_match_by_the_rules_of_their_vr() {
        assertThat(matches(Tags.PatientID, "PID-7001")).isTrue();
        assertThat(matches(Tags.PatientID, "pid-7001")).isFalse();
        assertThat(matches(Tags.PatientID, "PID*")).isTrue();
        assertThat(matches(Tags.StudyInstanceUID, "1.2.9", "1.2.3")).isTrue();
        assertThat(matches(Tags.StudyInstanceUID, "1.2.9")).isFalse();
        assertThat(matches(Tags.PatientBirthDate, "19740101-19741231")).isTrue();
        assertThat(matches(Tags.PatientBirthDate, "-19731231")).isFalse();
        assertThat(matches(Tags.PatientWeight, "68.50")).isTrue();
        assertThat(matches(Tags.ReferringPhysicianName, "holm^erik")).isTrue();
        assertThat(matches(Tags.RequestedProcedureID, "RP240012")).isTrue();
        assertThat(matches(Tags.AdmissionID, "V-1")).isFalse();
        assertThat(matches(Tags.InstitutionalDepartmentName, "RADIOLOGY")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "20261122 | | true",
                "20261121 | | false",
                "20261122-20261122 | | true",
                "-20261122 | | true",
                "20261123- | | false",
                "20261120 - 20261130 | | true",
                "2026.11.22 | | true",
                "20261121-20261122 | 1000-2359 | true",
                "20261121-20261122 | 1000-1800 | false",
                "20261121-20261123 | 1000-0800 | true",
                "20261122 | 2359 | true",
                "20261121-20261123 | 10 | false",
                "20261121-20261123 | 23 | true",
                " | 2359- | true",
                " | 0000-2358 | false",
            })
    void a_range_of_times_belongs_to_the_ends_of_a_range_of_dates(String date, String time, boolean expected) {
        DataSet keys = Dictionary.dataSet()
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet()
                                .put(Tags.ScheduledProcedureStepStartDate, date == null ? "" : date)
                                .put(Tags.ScheduledProcedureStepStartTime, time == null ? "" : time)
                                .build())
                .build();

        assertThat(WorklistQuery.of(keys).matches(ENTRY)).isEqualTo(expected);
    }

    @Test
    void any_of_several_stations_and_modalities_is_enough() {
        assertThat(matchesInStep(Tags.Modality, "MR", "CT")).isTrue();
        assertThat(matchesInStep(Tags.Modality, "MR")).isFalse();
        assertThat(matchesInStep(Tags.ScheduledStationAETitle, "ct2")).isTrue();
        assertThat(matchesInStep(Tags.ScheduledStationAETitle, "CT*")).isTrue();
        assertThat(matchesInStep(Tags.ScheduledStationAETitle, "MR1")).isFalse();
        assertThat(matchesInStep(Tags.ScheduledProcedureStepStatus, "SCHEDULED"))
                .isTrue();
    }

    @Test
    void an_item_matches_when_all_its_keys_match_in_one_item() {
        assertThat(WorklistQuery.of(code("CTHEAD", "99NORTH")).matches(ENTRY)).isTrue();
        assertThat(WorklistQuery.of(code("CTHEAD", "99SOUTH")).matches(ENTRY)).isFalse();
    }

    @Test
    void an_identifier_without_values_matches_everything() {
        DataSet keys = Dictionary.dataSet()
                .put(Tags.PatientName)
                .items(Tags.RequestedProcedureCodeSequence, DataSet.empty())
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet().put(Tags.Modality).build())
                .build();

        assertThat(WorklistQuery.of(keys).matches(ENTRY)).isTrue();
        assertThat(WorklistQuery.of(DataSet.empty()).matches(ENTRY)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "20261301", "2026", "tomorrow", "20261130-20261101", "20261122-x"})
    void a_malformed_date_fails_and_is_named_without_its_value(String value) {
        DataSet keys = inStep(Tags.ScheduledProcedureStepStartDate, value);

        assertThatThrownBy(() -> WorklistQuery.of(keys))
                .asInstanceOf(InstanceOfAssertFactories.type(MalformedKeyException.class))
                .satisfies(e -> {
                    assertThat(e.tag()).isEqualTo(Tags.ScheduledProcedureStepStartDate);
                    assertThat(e.comment()).hasSizeLessThanOrEqualTo(64);
                });
    }

    @Test
    void malformed_values_of_other_keys_fail_too() {
        assertMalformed(Tags.ScheduledProcedureStepStartTime, inStep(Tags.ScheduledProcedureStepStartTime, "-"));
        assertMalformed(Tags.PatientBirthDate, key(Tags.PatientBirthDate, "-"));
        assertMalformed(Tags.StudyInstanceUID, key(Tags.StudyInstanceUID, "1.2.*"));
        assertMalformed(Tags.PatientWeight, key(Tags.PatientWeight, "heavy"));
        assertMalformed(Tags.PatientID, key(Tags.PatientID, "*".repeat(2000)));
        assertMalformed(
                Tags.RequestedProcedureCodeSequence,
                Dictionary.dataSet()
                        .items(Tags.RequestedProcedureCodeSequence, DataSet.empty(), DataSet.empty())
                        .build());
    }

    @Test
    void a_key_that_is_not_in_the_table_is_told_and_does_not_match() {
        assertThat(WorklistQuery.of(key(Tags.StationName, "X")).hasUnsupportedKeys())
                .isTrue();
        assertThat(WorklistQuery.of(key(Tags.StationName, "X")).matches(ENTRY)).isTrue();
        assertThat(WorklistQuery.of(inStep(Tags.StationName)).hasUnsupportedKeys())
                .isTrue();
        assertThat(WorklistQuery.of(Dictionary.dataSet()
                                .put(Tags.SpecificCharacterSet)
                                .put(Tags.QueryRetrieveLevel, "WORKLIST")
                                .put(Tags.PatientName)
                                .build())
                        .hasUnsupportedKeys())
                .isFalse();
    }

    @Test
    void a_store_gets_what_narrows_the_search_down() {
        DataSet keys = Dictionary.dataSet()
                .put(Tags.PatientName, "Müller^J*")
                .put(Tags.AccessionNumber, "*12")
                .put(Tags.PatientID, "*")
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        Dictionary.dataSet()
                                .put(Tags.ScheduledStationAETitle, "ct1")
                                .put(Tags.ScheduledProcedureStepStartDate, "20261121-20261122")
                                .put(Tags.ScheduledProcedureStepStartTime, "10-")
                                .build())
                .build();

        WorklistFilter filter = WorklistQuery.of(keys).filter(SETTINGS, NOW);

        assertThat(filter.statuses()).containsExactlyInAnyOrder(StepStatus.SCHEDULED, StepStatus.READY);
        assertThat(filter.hiddenBefore()).isEqualTo(LocalDateTime.parse("2026-10-23T12:00"));
        assertThat(filter.from()).contains(LocalDateTime.parse("2026-11-21T00:00"));
        assertThat(filter.to()).hasValueSatisfying(to -> assertThat(to).isBefore("2026-11-23T00:00"));
        assertThat(filter.filters(WorklistFilter.Column.NAME))
                .containsExactly(new TextFilter(TextFilter.Kind.PREFIX, "muller^j"));
        assertThat(filter.filters(WorklistFilter.Column.ACCESSION))
                .containsExactly(new TextFilter(TextFilter.Kind.INFIX, "12"));
        assertThat(filter.filters(WorklistFilter.Column.STATION))
                .containsExactly(new TextFilter(TextFilter.Kind.EQUAL, "CT1"));
        assertThat(filter.filters(WorklistFilter.Column.PATIENT_ID)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "20261122, 000000-235959, true",
        "20261122, 1000-1100, true",
        "20261122, 1000, true",
        "20261122, -0600, true",
        "20261122, 2200-, true",
        "'', 1000-1100, true",
        "20261121-20261122, 1000-0600, true",
        "20261122-20261123, 2330-0100, true",
        "20261122-, 2359-, true",
        "-20261122, -0000, true",
        "20261121, 0000-2359, false",
        "20261123-, 0000-, false",
        "-20261121, -2359, false",
        "20261120-20261121, 1000-2359, false"
    })
    void a_date_without_a_time_is_every_time_of_its_day(String dates, String times, boolean expected) {
        DataSet onlyADate = withoutTime(ENTRY);
        DataSet step = Dictionary.dataSet()
                .put(Tags.ScheduledProcedureStepStartDate, dates)
                .put(Tags.ScheduledProcedureStepStartTime, times)
                .build();
        WorklistQuery query = WorklistQuery.of(Dictionary.dataSet()
                .items(Tags.ScheduledProcedureStepSequence, step)
                .build());

        assertThat(query.matches(onlyADate)).isEqualTo(expected);
    }

    @Test
    void a_store_is_asked_for_the_whole_first_day_because_a_date_without_a_time_stands_at_its_beginning() {
        DataSet step = Dictionary.dataSet()
                .put(Tags.ScheduledProcedureStepStartDate, "20261122-20261123")
                .put(Tags.ScheduledProcedureStepStartTime, "1000-1100")
                .build();

        WorklistFilter filter = WorklistQuery.of(Dictionary.dataSet()
                        .items(Tags.ScheduledProcedureStepSequence, step)
                        .build())
                .filter(SETTINGS, NOW);

        assertThat(filter.from()).contains(LocalDateTime.parse("2026-11-22T00:00"));
        assertThat(filter.to().orElseThrow().toLocalDate()).isEqualTo(LocalDate.parse("2026-11-23"));
    }

    @Test
    void the_start_time_that_is_answered_is_never_empty() {
        DataSet onlyADate = withoutTime(ENTRY);

        DataSet answered = WorklistProjection.whole(onlyADate, LocalTime.of(7, 30));

        assertThat(answered.item(Tags.ScheduledProcedureStepSequence).text(Tags.ScheduledProcedureStepStartTime))
                .isEqualTo("073000");
        assertThat(WorklistProjection.whole(ENTRY, LocalTime.of(7, 30)))
                .isEqualTo(WorklistProjection.whole(ENTRY, LocalTime.MIDNIGHT));
    }

    private static DataSet withoutTime(DataSet entry) {
        return Dictionary.dataSet(entry)
                .items(
                        Tags.ScheduledProcedureStepSequence,
                        entry.item(Tags.ScheduledProcedureStepSequence).without(Tags.ScheduledProcedureStepStartTime))
                .build();
    }

    @Test
    void what_is_withheld_is_seen_only_where_the_settings_show_it() {
        WorklistSettings showing = new WorklistSettings(
                ZoneOffset.UTC, Set.of(StepStatus.SCHEDULED, StepStatus.ON_HOLD), 30, 10, 100, false);
        WorklistQuery query = WorklistQuery.of(
                inStep(Tags.ScheduledProcedureStepStatus, "ON_HOLD", "UNSCHEDULED", "CLOSED", "SCHED*"));

        assertThat(query.filter(SETTINGS, NOW).statuses()).containsExactly(StepStatus.SCHEDULED);
        assertThat(query.filter(showing, NOW).statuses())
                .containsExactlyInAnyOrder(StepStatus.SCHEDULED, StepStatus.ON_HOLD);
    }

    @Test
    void only_a_query_that_names_no_station_is_spared_steps_without_one() {
        WorklistSettings hiding = new WorklistSettings(ZoneOffset.UTC, Set.of(StepStatus.SCHEDULED), 30, 10, 100, true);

        assertThat(WorklistQuery.of(inStep(Tags.ScheduledStationAETitle, "CT1"))
                        .filter(hiding, NOW)
                        .withStation())
                .isFalse();
        assertThat(WorklistQuery.of(inStep(Tags.ScheduledStationAETitle, "*"))
                        .filter(hiding, NOW)
                        .withStation())
                .isTrue();
        assertThat(WorklistQuery.of(inStep(Tags.Modality, "CT"))
                        .filter(SETTINGS, NOW)
                        .withStation())
                .isFalse();
    }

    @Test
    void a_status_that_is_asked_for_is_honoured() {
        assertThat(WorklistQuery.of(inStep(Tags.ScheduledProcedureStepStatus, "STARTED", "COMPLETED"))
                        .filter(SETTINGS, NOW)
                        .statuses())
                .containsExactlyInAnyOrder(StepStatus.STARTED, StepStatus.COMPLETED);
        assertThat(WorklistQuery.of(inStep(Tags.ScheduledProcedureStepStatus, "UNKNOWN"))
                        .filter(SETTINGS, NOW)
                        .statuses())
                .isEmpty();
    }

    private static void assertMalformed(Tag tag, DataSet keys) {
        assertThatThrownBy(() -> WorklistQuery.of(keys))
                .asInstanceOf(InstanceOfAssertFactories.type(MalformedKeyException.class))
                .satisfies(e -> assertThat(e.tag()).isEqualTo(tag));
    }

    private static boolean matches(Tag tag, String... values) {
        return WorklistQuery.of(key(tag, values)).matches(ENTRY);
    }

    private static boolean matchesInStep(Tag tag, String... values) {
        return WorklistQuery.of(inStep(tag, values)).matches(ENTRY);
    }

    private static DataSet key(Tag tag, String... values) {
        return Dictionary.dataSet().put(tag, values).build();
    }

    private static DataSet inStep(Tag tag, String... values) {
        return Dictionary.dataSet()
                .items(Tags.ScheduledProcedureStepSequence, key(tag, values))
                .build();
    }

    private static DataSet code(String value, String scheme) {
        return Dictionary.dataSet()
                .items(
                        Tags.RequestedProcedureCodeSequence,
                        Dictionary.dataSet()
                                .put(Tags.CodeValue, value)
                                .put(Tags.CodingSchemeDesignator, scheme)
                                .build())
                .build();
    }
}
