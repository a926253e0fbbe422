package io.collimator.mapping;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.dictionary.Dictionary;
import java.util.List;

/** What a mapping made, in the form of {@code expected.json}. */
final class CaseText {

    private CaseText() {}

    static Json.Tree of(MappedMessage mapped) {
        return new Json.Tree()
                .with("sender", mapped.sender())
                .withItems("steps", mapped.steps().stream().map(CaseText::of).toList())
                .withTexts("warnings", texts(mapped.warnings()));
    }

    private static Json.Tree of(MappedStep step) {
        Json.Tree tree = new Json.Tree()
                .with("order", Integer.toString(step.group()))
                .with("control", step.orderControl())
                .with("action", step.action().name());
        withText(tree, "stepStatus", step.event().row().stepStatus());
        return tree.with("parent", of(step.event().parent()))
                .with("attributes", of(step.attributes()))
                .with("defaults", of(step.defaults()));
    }

    static Json.Tree of(MappedPatients mapped) {
        return new Json.Tree()
                .with("sender", mapped.sender())
                .with("event", mapped.event())
                .withItems(
                        "patients", mapped.patients().stream().map(CaseText::of).toList())
                .withTexts("warnings", texts(mapped.warnings()));
    }

    private static Json.Tree of(MappedPatient patient) {
        Json.Tree tree = new Json.Tree();
        patient.prior().ifPresent(prior -> tree.with("prior", of(prior)));
        return tree.with("attributes", of(patient.attributes())).with("defaults", of(patient.defaults()));
    }

    private static Json.Tree of(PatientIdentifier identifier) {
        Json.Tree tree = new Json.Tree().with("id", identifier.id());
        withText(tree, "namespace", identifier.namespace());
        withText(tree, "universalId", identifier.universalId());
        return tree;
    }

    static Json.Tree of(MappedAppointment mapped) {
        return new Json.Tree()
                .with("sender", mapped.sender())
                .with("event", mapped.event())
                .withItems("items", mapped.items().stream().map(CaseText::of).toList())
                .withTexts("warnings", texts(mapped.warnings()));
    }

    private static Json.Tree of(AppointmentItem item) {
        return new Json.Tree()
                .with("order", of(item.numbers()))
                .with("attributes", of(item.attributes()))
                .with("defaults", of(item.defaults()));
    }

    private static Json.Tree of(OrderNumbers numbers) {
        Json.Tree tree = new Json.Tree();
        withText(tree, "placer", numbers.placer());
        withText(tree, "filler", numbers.filler());
        return tree;
    }

    private static void withText(Json.Tree tree, String key, String text) {
        if (!text.isEmpty()) {
            tree.with(key, text);
        }
    }

    private static List<String> texts(List<MappingWarning> warnings) {
        return warnings.stream()
                .map(warning -> warning.kind().label() + " " + warning)
                .toList();
    }

    /** One value as a text, several as a list, one that is cleared as an empty text. */
    private static Json.Tree of(DataSet dataSet) {
        Json.Tree tree = new Json.Tree();
        for (Element element : dataSet) {
            String keyword =
                    Dictionary.keywordOf(element.tag()).orElse(element.tag().toString());
            if (element.value() instanceof Value.Items items) {
                if (items.values().isEmpty()) {
                    tree.with(keyword, "");
                } else {
                    tree.withItems(
                            keyword, items.values().stream().map(CaseText::of).toList());
                }
            } else {
                List<String> texts = element.value() instanceof Value.Integers integers
                        ? integers.values().stream().map(String::valueOf).toList()
                        : dataSet.texts(element.tag());
                if (texts.size() > 1) {
                    tree.withTexts(keyword, texts);
                } else {
                    tree.with(keyword, texts.isEmpty() ? "" : texts.get(0));
                }
            }
        }
        return tree;
    }
}
