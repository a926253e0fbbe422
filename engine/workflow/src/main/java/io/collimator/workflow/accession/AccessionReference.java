package io.collimator.workflow.accession;

import io.collimator.workflow.order.AccessionNumber;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a person names an accession: by its number, and by who gave it only where that is needed to tell it from others.
 *
 * @param issuer {@linkplain io.collimator.dicom.identity.AssigningAuthority#key() key} of the assigning authority; "" for a
 *     number that nobody is said to have given; null when the person does not say
 */
public record AccessionReference(String number, @Nullable String issuer) {

    /** Those that it may mean: of several none is chosen. */
    public List<AccessionNumber> among(List<Accession> sameNumber) {
        return sameNumber.stream()
                .map(Accession::number)
                .filter(number -> issuer == null || issuer.equals(number.issuer() == null ? "" : number.issuer()))
                .toList();
    }
}
