package io.collimator.engine.cli.view;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Tags;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Worklist entries as a table, by start. */
public final class WorklistTable {

    private static final List<String> HEAD =
            List.of("START", "STATION", "MOD", "ACCESSION", "PATIENT ID", "NAME", "STEP", "STATUS", "DESCRIPTION");

    private final List<List<String>> rows;

    public WorklistTable(List<DataSet> entries) {
        this.rows = entries.stream()
                .map(WorklistTable::row)
                .sorted(Comparator.comparing(row -> row.get(0)))
                .toList();
    }

    public void print(PrintWriter out) {
        if (rows.isEmpty()) {
            return;
        }
        TextTable.print(HEAD, rows, out);
    }

    private static List<String> row(DataSet entry) {
        DataSet step = entry.item(Tags.ScheduledProcedureStepSequence);
        String description = text(step, Tags.ScheduledProcedureStepDescription);
        return List.of(
                text(step, Tags.ScheduledProcedureStepStartDate) + " "
                        + text(step, Tags.ScheduledProcedureStepStartTime),
                text(step, Tags.ScheduledStationAETitle),
                text(step, Tags.Modality),
                text(entry, Tags.AccessionNumber),
                text(entry, Tags.PatientID),
                text(entry, Tags.PatientName),
                text(step, Tags.ScheduledProcedureStepID),
                text(step, Tags.ScheduledProcedureStepStatus),
                description.isEmpty() ? text(entry, Tags.RequestedProcedureDescription) : description);
    }

    /** Control characters of a foreign system must not reach a terminal. */
    private static String text(DataSet dataSet, Tag tag) {
        return dataSet.texts(tag).stream().collect(Collectors.joining("\\")).replaceAll("\\p{Cntrl}", "?");
    }
}
