package io.collimator.workflow.order;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.identity.AssigningAuthority;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A placer or filler order number (HL7 v2.5.1 §4.5.1.2, §4.5.1.3, EI). Two are the same when number and authority are,
 * however the authority is written.
 *
 * @param number EI.1, not empty
 * @param issuer the assigning authority as {@link AssigningAuthority#toString()} writes it, null when the source named none
 */
public record OrderNumber(String number, @Nullable String issuer) {

    public OrderNumber {
        number = number.strip();
        if (number.isEmpty()) {
            throw new IllegalArgumentException("An order number is empty; send ORC-2 or ORC-3.");
        }
        issuer = issuer == null || issuer.isBlank() ? null : issuer.strip();
    }

    /** The number of an entry with the item of its issuer sequence, for instance (0040,2017) with (0040,0027). */
    public static Optional<OrderNumber> in(DataSet entry, Tag number, Tag issuer) {
        String text = entry.text(number);
        return text.isBlank() ? Optional.empty() : Optional.of(new OrderNumber(text, issuerIn(entry, issuer)));
    }

    private static @Nullable String issuerIn(DataSet entry, Tag sequence) {
        return AssigningAuthority.ofIssuer(entry, sequence)
                .map(AssigningAuthority::toString)
                .orElse(null);
    }

    /** Who gave it, empty when the source named nobody. */
    public Optional<AssigningAuthority> authority() {
        return issuer == null ? Optional.empty() : AssigningAuthority.parse(issuer);
    }

    /** {@linkplain AssigningAuthority#key() Key} of who gave it, null when the source named nobody. */
    public @Nullable String issuerKey() {
        return issuer == null ? null : authority().map(AssigningAuthority::key).orElse(issuer);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OrderNumber that
                && number.equals(that.number)
                && (Objects.equals(issuer, that.issuer) || Objects.equals(issuerKey(), that.issuerKey()));
    }

    @Override
    public int hashCode() {
        return number.hashCode();
    }

    @Override
    public String toString() {
        return issuer == null ? number : number + "^" + issuer;
    }
}
