package io.collimator.mapping;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.identity.AssigningAuthority;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who gave the numbers in the messages of one sender, in the one form that is stored and compared: the row of the table,
 * else what the message states; where it states nothing, what the site says of the sender. Immutable.
 */
final class SenderAuthorities {

    /** Issuer sequences of numbers that no default is for. */
    private static final List<Tag> OTHER_ISSUERS =
            List.of(Tags.IssuerOfAdmissionIDSequence, Tags.IssuerOfServiceEpisodeIDSequence);

    private final AuthorityTable table;
    private final SenderProfile profile;
    private final MappingSettings settings;

    SenderAuthorities(AuthorityTable table, SenderProfile profile, MappingSettings settings) {
        this.table = table;
        this.profile = profile;
        this.settings = settings;
    }

    /**
     * Attributes with every issuer in that form.
     *
     * @param reasons why an attribute is not what its rule made of the message
     */
    record Settled(DataSet attributes, Map<Tag, String> reasons) {}

    /** What an authority is, and why. */
    private record Known(AssigningAuthority authority, String reason) {}

    /** The authority that {@code collimator.hl7.patient-id-authority} prefers among the repetitions; "" for none. */
    String preferred() {
        return settings.assigningAuthority();
    }

    /** Whether an identifier is of the preferred authority, as it is written or as the table knows it. */
    boolean isPreferred(PatientIdentifier identifier) {
        String preferred = preferred();
        if (preferred.isEmpty()) {
            return false;
        }
        return identifier.namespace().equals(preferred)
                || identifier.universalId().equals(preferred)
                || AssigningAuthority.parse(preferred)
                        .map(stated -> known(stated).authority().key())
                        .equals(identifier
                                .authority()
                                .map(stated -> known(stated).authority().key()));
    }

    /** An identifier of PID-3 or MRG-1. */
    PatientIdentifier ofPatient(PatientIdentifier identifier) {
        return known(identifier.authority(), profile.patientAuthority())
                .map(known -> identifier.of(known.authority()))
                .orElse(identifier);
    }

    /** The issuer of an order number as {@link AssigningAuthority#toString()} writes it, "" when nobody says it. */
    String ofOrder(String namespace, String universalId, String universalIdType) {
        return known(AssigningAuthority.of(namespace, universalId, universalIdType), profile.orderAuthority())
                .map(known -> known.authority().toString())
                .orElse("");
    }

    /** What the rules made, with every issuer in that form. */
    Settled settled(DataSet attributes) {
        Map<Tag, String> reasons = new LinkedHashMap<>();
        DataSet settled = patient(attributes, reasons);
        settled = order(
                settled, Tags.PlacerOrderNumberImagingServiceRequest, Tags.OrderPlacerIdentifierSequence, reasons);
        settled = order(
                settled, Tags.FillerOrderNumberImagingServiceRequest, Tags.OrderFillerIdentifierSequence, reasons);
        settled = accession(settled, reasons);
        for (Tag sequence : OTHER_ISSUERS) {
            Optional<AssigningAuthority> stated = AssigningAuthority.ofIssuer(settled, sequence);
            settled = stated.isEmpty() ? settled : with(settled, sequence, known(stated.get()), reasons);
        }
        return new Settled(settled, reasons);
    }

    private DataSet patient(DataSet attributes, Map<Tag, String> reasons) {
        DataSet settled = attributes;
        if (attributes.hasValue(Tags.PatientID)) {
            Optional<Known> known = known(AssigningAuthority.ofPatient(attributes), profile.patientAuthority());
            if (known.isPresent()) {
                settled = known.get().authority().issuing(attributes);
                reasons.put(Tags.IssuerOfPatientID, known.get().reason());
                reasons.put(
                        Tags.IssuerOfPatientIDQualifiersSequence, known.get().reason());
            }
        }
        List<DataSet> others = attributes.items(Tags.OtherPatientIDsSequence);
        if (others.isEmpty()) {
            return settled;
        }
        List<DataSet> items = others.stream()
                .map(item -> known(AssigningAuthority.ofPatient(item), profile.patientAuthority())
                        .map(known -> {
                            reasons.put(Tags.OtherPatientIDsSequence, known.reason());
                            return known.authority().issuing(item);
                        })
                        .orElse(item))
                .toList();
        return items.equals(others) ? settled : settled.with(sequence(Tags.OtherPatientIDsSequence, items));
    }

    private DataSet order(DataSet attributes, Tag number, Tag issuer, Map<Tag, String> reasons) {
        return attributes.hasValue(number)
                ? known(AssigningAuthority.ofIssuer(attributes, issuer), profile.orderAuthority())
                        .map(known -> with(attributes, issuer, known, reasons))
                        .orElse(attributes)
                : attributes;
    }

    /** The message's own word, else who gave the filler order number where that is the number, else the sender's. */
    private DataSet accession(DataSet attributes, Map<Tag, String> reasons) {
        String number = attributes.text(Tags.AccessionNumber);
        return number.isEmpty()
                ? attributes
                : ofAccession(number, attributes)
                        .map(known -> with(attributes, Tags.IssuerOfAccessionNumberSequence, known, reasons))
                        .orElse(attributes);
    }

    private Optional<Known> ofAccession(String number, DataSet attributes) {
        Optional<AssigningAuthority> stated =
                AssigningAuthority.ofIssuer(attributes, Tags.IssuerOfAccessionNumberSequence);
        Optional<AssigningAuthority> filler =
                AssigningAuthority.ofIssuer(attributes, Tags.OrderFillerIdentifierSequence);
        boolean isFiller =
                number.equals(attributes.text(Tags.FillerOrderNumberImagingServiceRequest)) && filler.isPresent();
        return stated.isEmpty() && isFiller
                ? filler.map(authority -> new Known(known(authority).authority(), "who gave the filler order number"))
                : known(stated, profile.accessionAuthority());
    }

    /** The issuer sequence for an accession number that only stands in where the entry has none. */
    Optional<Element> ofAccessionThatStandsIn(DataSet attributes, DataSet defaults) {
        String number = defaults.text(Tags.AccessionNumber);
        return number.isEmpty() || attributes.hasValue(Tags.AccessionNumber)
                ? Optional.empty()
                : ofAccession(number, attributes)
                        .map(known -> sequence(
                                Tags.IssuerOfAccessionNumberSequence,
                                List.of(known.authority().item())));
    }

    private Optional<Known> known(Optional<AssigningAuthority> stated, String senders) {
        if (stated.isPresent()) {
            return stated.map(this::known);
        }
        Optional<AssigningAuthority> ofSender = AssigningAuthority.parse(senders);
        return ofSender.isPresent()
                ? ofSender.map(
                        authority -> new Known(known(authority).authority(), "the default of sender " + profile.name()))
                : AssigningAuthority.parse(settings.defaultAuthority())
                        .map(authority -> new Known(known(authority).authority(), "collimator.hl7.default-authority"));
    }

    private Known known(AssigningAuthority stated) {
        return known(table, stated, profile.name());
    }

    private static Known known(AuthorityTable table, AssigningAuthority stated, @Nullable String sender) {
        return table.find(stated, sender)
                .map(found -> new Known(found.authority(), found.place()))
                .orElseGet(() -> new Known(stated, ""));
    }

    private static DataSet with(DataSet attributes, Tag issuer, Known known, Map<Tag, String> reasons) {
        reasons.put(issuer, known.reason());
        DataSet item = Dictionary.dataSet(attributes
                        .item(issuer)
                        .without(Tags.LocalNamespaceEntityID)
                        .without(Tags.UniversalEntityID)
                        .without(Tags.UniversalEntityIDType))
                .build()
                .withAll(known.authority().item());
        return attributes.with(sequence(issuer, List.of(item)));
    }

    private static Element sequence(Tag tag, List<DataSet> items) {
        return new Element(tag, Vr.SQ, new Value.Items(items));
    }
}
