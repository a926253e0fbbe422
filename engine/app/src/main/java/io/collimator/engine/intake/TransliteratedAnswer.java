package io.collimator.engine.intake;

import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.charset.Transliteration;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.PersonName;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Tags;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A worklist answer as a character set can hold it: names and other text are transliterated, what identifies never is. Of a name the
 * alphabetic group is; the others are left out where the set does not hold them and the alphabetic one tells who it is.
 *
 * @param leftOut attributes with a name of which a group was left out
 */
record TransliteratedAnswer(DataSet dataSet, Set<Tag> leftOut) {

    /** Text for people among SH, LO and UT, which otherwise hold numbers, codes and issuers; PN, ST and LT are for people always. */
    private static final Set<Tag> TEXT = Set.of(
            Tags.CodeMeaning,
            Tags.ScheduledStationName,
            Tags.ScheduledProcedureStepLocation,
            Tags.ScheduledProcedureStepDescription,
            Tags.PreMedication,
            Tags.RequestedContrastAgent,
            Tags.RequestedProcedureDescription,
            Tags.RequestedProcedureLocation,
            Tags.StudyDescription,
            Tags.PatientTransportArrangements,
            Tags.ReasonForTheRequestedProcedure,
            Tags.RequestingService,
            Tags.OrderEntererLocation,
            Tags.CurrentPatientLocation,
            Tags.InstitutionName,
            Tags.InstitutionalDepartmentName,
            Tags.RouteOfAdmissions,
            Tags.AdmittingDiagnosesDescription,
            Tags.ServiceEpisodeDescription,
            Tags.PatientInstitutionResidence,
            Tags.ConfidentialityConstraintOnPatientDataDescription,
            Tags.MedicalAlerts,
            Tags.Allergies,
            Tags.SpecialNeeds,
            Tags.PatientState,
            Tags.PatientAddress,
            Tags.EthnicGroup,
            Tags.PatientReligiousPreference,
            Tags.MilitaryRank,
            Tags.Occupation,
            Tags.PatientSpeciesDescription,
            Tags.PatientBreedDescription,
            Tags.ResponsibleOrganization,
            Tags.SpecimenShortDescription,
            Tags.SpecimenDetailedDescription,
            Tags.WorklistLabel);

    /** Empty when something of it cannot be written, would be too long or identifies. */
    static Optional<TransliteratedAnswer> of(DataSet answer, SpecificCharacterSet set) {
        Set<Tag> leftOut = new LinkedHashSet<>();
        return dataSet(answer, set, leftOut).map(written -> new TransliteratedAnswer(written, leftOut));
    }

    private static Optional<DataSet> dataSet(DataSet dataSet, SpecificCharacterSet set, Set<Tag> leftOut) {
        List<Element> written = new ArrayList<>();
        for (Element element : dataSet) {
            Optional<Element> one = element(element, set, leftOut);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            written.add(one.get());
        }
        return Optional.of(DataSet.of(written));
    }

    private static Optional<Element> element(Element element, SpecificCharacterSet set, Set<Tag> leftOut) {
        if (element.value() instanceof Value.Items items) {
            List<DataSet> written = new ArrayList<>();
            for (DataSet item : items.values()) {
                dataSet(item, set, leftOut).ifPresent(written::add);
            }
            return written.size() < items.values().size()
                    ? Optional.empty()
                    : Optional.of(new Element(element.tag(), element.vr(), new Value.Items(written)));
        }
        if (isHeld(element, set)) {
            return Optional.of(element);
        }
        return isText(element) ? text(element, set, leftOut) : Optional.empty();
    }

    private static boolean isText(Element element) {
        return switch (element.vr()) {
            case PN, ST, LT -> true;
            default -> TEXT.contains(element.tag());
        };
    }

    private static Optional<Element> text(Element element, SpecificCharacterSet set, Set<Tag> leftOut) {
        List<String> values = element.value() instanceof Value.Text text ? text.values() : List.of();
        List<String> written = new ArrayList<>();
        for (String value : values) {
            Optional<String> name = element.vr() == Vr.PN
                    ? name(value, set)
                    : fitting(Transliteration.of(value, set), element.vr().maxLength());
            name.ifPresent(written::add);
            if (element.vr() == Vr.PN && name.isPresent() && groupsIn(name.get()) < groupsIn(value)) {
                leftOut.add(element.tag());
            }
        }
        return written.size() < values.size()
                ? Optional.empty()
                : Optional.of(new Element(element.tag(), element.vr(), new Value.Text(written)));
    }

    private static Optional<String> name(String name, SpecificCharacterSet set) {
        String[] groups = name.split("=", -1);
        StringBuilder others = new StringBuilder();
        boolean leavesOut = false;
        for (int i = 1; i < groups.length; i++) {
            boolean isHeld = set.canEncode(groups[i]);
            leavesOut |= !isHeld;
            others.append('=').append(isHeld ? groups[i] : "");
        }
        if (leavesOut && !hasLetters(groups[0])) {
            return Optional.empty();
        }
        return fitting(Transliteration.of(groups[0], set), PersonName.MAX_GROUP_LENGTH)
                .map(alphabetic -> alphabetic + others.toString().replaceFirst("=+$", ""));
    }

    /** Groups with letters: empty ones at the end are not written. */
    private static long groupsIn(String name) {
        return List.of(name.split("=", -1)).stream()
                .filter(TransliteratedAnswer::hasLetters)
                .count();
    }

    private static boolean hasLetters(String group) {
        return group.codePoints().anyMatch(Character::isLetter);
    }

    private static Optional<String> fitting(Optional<String> text, int maxLength) {
        return text.filter(written -> written.codePointCount(0, written.length()) <= maxLength);
    }

    private static boolean isHeld(Element element, SpecificCharacterSet set) {
        return !element.vr().isCharacterSetAffected()
                || !(element.value() instanceof Value.Text text)
                || text.values().stream().allMatch(set::canEncode);
    }

    /** The attributes of the values that a set does not hold, one for each value. */
    static List<Tag> notHeld(DataSet dataSet, SpecificCharacterSet set) {
        List<Tag> tags = new ArrayList<>();
        for (Element element : dataSet) {
            if (element.value() instanceof Value.Items items) {
                items.values().forEach(item -> tags.addAll(notHeld(item, set)));
            } else if (element.vr().isCharacterSetAffected() && element.value() instanceof Value.Text text) {
                text.values().stream().filter(value -> !set.canEncode(value)).forEach(value -> tags.add(element.tag()));
            }
        }
        return tags;
    }
}
