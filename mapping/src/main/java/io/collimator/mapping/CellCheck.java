package io.collimator.mapping;

import io.collimator.dicom.data.Vr;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cells of tables that may run and are hardly meant. */
final class CellCheck {

    private static final String MODALITY = WorklistKeys.STEP + "Modality";

    /** The defined terms of Modality (0008,0060) (PS3.3 §C.7.3.1.1.1), retired ones too: scanners live long. */
    private static final Set<String> MODALITIES =
            Set.of(("ANN AR ASMT AU BDUS BI BMD CD CF CFM CP CR CS CT CTPROTOCOL DD DF DG DM DMS DOC DS DX EC"
                            + " ECG EEG EMG EOG EPS ES FA FID FS GM HC HD IO IOL IVOCT IVUS KER KO LEN LP LS M3D MA MG MR MS NM OAM OCT OP"
                            + " OPM OPR OPT OPTBSV OPTENF OPV OSS OT PA PLAN POS PR PT PX REG RESP RF RG RTDOSE RTIMAGE RTINTENT RTPLAN RTRAD"
                            + " RTRECORD RTSEGANN RTSTRUCT RWV SEG SM SMR SR SRF ST STAIN TEXTUREMAP TG US VA VF XA XAPROTOCOL XC")
                    .split(" "));

    private final Map<String, Map<String, Definition>> definitions;
    private final Set<MappingProblem> warnings = new LinkedHashSet<>();

    /** @param definitions by name of the profile, then by type and event */
    CellCheck(Map<String, Map<String, Definition>> definitions) {
        this.definitions = definitions;
    }

    /** Each once, however many rules read the cell. */
    List<MappingProblem> warnings() {
        for (Map<String, Definition> kinds : definitions.values()) {
            for (Definition definition : kinds.values()) {
                definition.rules().forEach(this::check);
            }
        }
        return new ArrayList<>(warnings);
    }

    /**
     * Stations that a table names and that may ask for nothing, once each cell.
     *
     * @param known AE titles of the registry
     */
    List<MappingProblem> stationsBeside(Set<String> known) {
        for (Map<String, Definition> kinds : definitions.values()) {
            for (Definition definition : kinds.values()) {
                definition.rules().stream()
                        .filter(rule -> rule.target().vr() == Vr.AE)
                        .forEach(rule -> rule.lookup().ifPresent(lookup -> checkStations(lookup, known)));
            }
        }
        return new ArrayList<>(warnings);
    }

    private void checkStations(Rule.Lookup lookup, Set<String> known) {
        for (ValueTable.Row row : lookup.table().rows()) {
            if (lookup.values().get(row.index()) instanceof Produced.Texts texts) {
                texts.values().stream()
                        .filter(title -> !known.contains(title))
                        .forEach(
                                title -> warn(
                                        lookup,
                                        row,
                                        lookup.column(),
                                        title,
                                        "config/application-entities.yaml has no such AE title, so that nobody may ask for its list; register it or correct the cell."));
            }
        }
    }

    private void check(Rule rule) {
        rule.lookup().ifPresent(lookup -> {
            if (rule.target().name().equals(MODALITY)) {
                lookup.table().rows().forEach(row -> checkModality(lookup, row));
            } else if (rule.target().vr() == Vr.SQ) {
                lookup.table().rows().forEach(row -> checkCode(lookup, row));
            }
        });
    }

    private void checkModality(Rule.Lookup lookup, ValueTable.Row row) {
        if (lookup.values().get(row.index()) instanceof Produced.Texts texts) {
            texts.values().stream()
                    .filter(modality -> !MODALITIES.contains(modality))
                    .forEach(
                            modality -> warn(
                                    lookup,
                                    row,
                                    lookup.column(),
                                    modality,
                                    "It is no defined term of Modality (0008,0060), and scanners ask for those: CT, MR, US, DX ..."));
        }
    }

    private void checkCode(Rule.Lookup lookup, ValueTable.Row row) {
        String meaning = lookup.cell(row, "-meaning");
        if (lookup.cell(row, "-code").isEmpty() && !meaning.isEmpty()) {
            warn(
                    lookup,
                    row,
                    lookup.column() + "-meaning",
                    meaning,
                    "The row has no %s-code, so that the meaning is not used; write the code too."
                            .formatted(lookup.column()));
        }
    }

    private void warn(Rule.Lookup lookup, ValueTable.Row row, String column, String found, String fix) {
        warnings.add(new MappingProblem(lookup.table().file(), row.line(), column, found, fix));
    }
}
