package io.collimator.workflow.usecase;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.exception.ExceptionRecord;
import io.collimator.workflow.exception.ExceptionRecord.Evidence;
import io.collimator.workflow.exception.ExceptionType;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.DataSetEncoder;
import io.collimator.workflow.port.Identifiers;
import io.collimator.workflow.port.Session;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Raises exceptions about DICOM content, with the content as evidence. */
public final class Problems {

    private static final String DICOM = "application/dicom";
    private static final String UNICODE = "ISO_IR 192";

    private final Clock clock;
    private final Identifiers identifiers;
    private final DataSetEncoder encoder;
    private final Notices notices;

    public Problems(Clock clock, Identifiers identifiers, DataSetEncoder encoder, Notices notices) {
        this.clock = clock;
        this.identifiers = identifiers;
        this.encoder = encoder;
        this.notices = notices;
    }

    /**
     * Stores and announces an exception.
     *
     * @param accession its row locked, or empty
     * @param report what is wrong with what
     */
    void raise(Session session, ExceptionType type, Optional<AccessionNumber> accession, Report report) {
        DataSet content = report.content();
        notices.exception(
                session,
                new ExceptionRecord(
                        identifiers.newId(),
                        clock.instant(),
                        type,
                        accession.orElse(null),
                        report.source().value(),
                        report.summary(),
                        content == null ? Evidence.NONE : new Evidence(DICOM, bytes(content))));
    }

    /** SHA-256 over the content, in hexadecimal. */
    String digest(DataSet content) {
        return digest(bytes(content));
    }

    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(
                    "This Java has no SHA-256, which every Java must have; use another one.", e);
        }
    }

    /** In Unicode, which has every character that was decoded. */
    private byte[] bytes(DataSet content) {
        return encoder.encode(Dictionary.dataSet(content)
                .put(Tags.SpecificCharacterSet, UNICODE)
                .build());
    }

    /**
     * Who sent what, and what is wrong with it.
     *
     * @param content the received data set, null when it is not about one
     * @param summary as {@link ExceptionRecord#summary()}
     */
    record Report(AeTitle source, String summary, @Nullable DataSet content) {}
}
