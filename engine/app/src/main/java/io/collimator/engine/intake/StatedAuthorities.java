package io.collimator.engine.intake;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.dicom.identity.Issuers;
import io.collimator.engine.reload.RunningMapping;
import java.util.Optional;

/**
 * Brings the authorities that a peer states into the form that is stored and compared. What it does not state it is not
 * given. Thread-safe.
 */
public final class StatedAuthorities {

    private final RunningMapping mapping;

    public StatedAuthorities(RunningMapping mapping) {
        this.mapping = mapping;
    }

    /** The authority that the site's table has for a stated one, else that itself. */
    public AssigningAuthority of(AssigningAuthority stated) {
        return mapping.current().set().authority(stated);
    }

    /** What a modality reports: the patient's issuer, and those of the accession numbers. */
    DataSet inReport(DataSet attributes) {
        return Issuers.items(
                Issuers.replaced(attributes, this::of),
                Tags.ScheduledStepAttributesSequence,
                item -> Issuers.replaced(item, this::of));
    }

    /**
     * The keys of a query: an issuer that the table knows is asked for as it is stored. A key with a wildcard stays as it
     * is.
     */
    DataSet inKeys(DataSet identifier) {
        boolean isPattern = identifier.text(Tags.IssuerOfPatientID).matches(".*[*?].*");
        return accession(isPattern ? identifier : keys(identifier));
    }

    private DataSet keys(DataSet identifier) {
        Optional<AssigningAuthority> stated = AssigningAuthority.ofPatient(identifier);
        if (stated.isEmpty()) {
            return identifier;
        }
        AssigningAuthority known = of(stated.get());
        if (known.equals(stated.get())) {
            return identifier;
        }
        DataSet keys = identifier;
        if (!stated.get().namespace().isEmpty()) {
            keys = keys.with(new Element(Tags.IssuerOfPatientID, Vr.LO, new Value.Text(known.namespace())));
        }
        return stated.get().universalId().isEmpty()
                ? keys
                : Issuers.items(
                        keys,
                        Tags.IssuerOfPatientIDQualifiersSequence,
                        item -> withoutUniversalId(item).withAll(onlyUniversalId(known)));
    }

    private static DataSet withoutUniversalId(DataSet item) {
        return item.without(Tags.UniversalEntityID).without(Tags.UniversalEntityIDType);
    }

    private static DataSet onlyUniversalId(AssigningAuthority authority) {
        return authority.item().without(Tags.LocalNamespaceEntityID);
    }

    private DataSet accession(DataSet attributes) {
        Optional<AssigningAuthority> stated =
                AssigningAuthority.ofIssuer(attributes, Tags.IssuerOfAccessionNumberSequence);
        return stated.map(this::of)
                .filter(known -> !known.equals(stated.get()))
                .map(known -> Issuers.items(attributes, Tags.IssuerOfAccessionNumberSequence, item -> known.item()))
                .orElse(attributes);
    }
}
