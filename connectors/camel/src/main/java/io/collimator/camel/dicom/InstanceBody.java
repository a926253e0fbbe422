package io.collimator.camel.dicom;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.SloppinessListener;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.file.DicomFile;
import io.collimator.dicom.file.DicomFileReader;
import io.collimator.dicom.file.FileMeta;
import io.collimator.dicom.service.StoredInstance;
import io.collimator.dicom.service.StoredInstance.DataSetSource;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code dicom:store}: a {@link StoredInstance}, or a DICOM file (PS3.10 §7.1) as {@link Path}, {@link File},
 * {@code byte[]} or {@link InputStream}, or a list of these. A text is none: it could name any file.
 */
final class InstanceBody {

    /** Instances of one list. */
    static final int MAX_INSTANCES = 10_000;

    private final DicomFileReader reader;

    private InstanceBody(CodecLimits limits) {
        this.reader = new DicomFileReader(limits, SloppinessListener.NONE);
    }

    /**
     * Reads the file meta information; the data sets stay where they are until they are sent.
     *
     * @throws IllegalArgumentException when the body is nothing that can be stored
     * @throws IOException when a file cannot be read
     */
    static List<StoredInstance> read(@Nullable Object body, CodecLimits limits) throws IOException {
        List<?> parts = body instanceof List<?> list ? list : body == null ? List.of() : List.of(body);
        if (parts.isEmpty() || parts.size() > MAX_INSTANCES) {
            throw new IllegalArgumentException("The body for dicom:store holds %d instances; give 1 to %d."
                    .formatted(parts.size(), MAX_INSTANCES));
        }
        InstanceBody reading = new InstanceBody(limits);
        List<StoredInstance> instances = new ArrayList<>(parts.size());
        for (Object part : parts) {
            instances.add(reading.instance(part));
        }
        return instances;
    }

    private StoredInstance instance(Object part) throws IOException {
        if (part instanceof StoredInstance instance) {
            return instance;
        }
        if (part instanceof Path path) {
            return reopened(() -> Files.newInputStream(path));
        }
        if (part instanceof File file) {
            return reopened(() -> Files.newInputStream(file.toPath()));
        }
        if (part instanceof byte[] bytes) {
            return reopened(() -> new ByteArrayInputStream(bytes));
        }
        if (part instanceof InputStream stream) {
            return once(stream);
        }
        throw new IllegalArgumentException(
                "The body for dicom:store holds a %s; give a DICOM file as Path, File, byte[] or InputStream, or a StoredInstance."
                        .formatted(part.getClass().getName()));
    }

    /** From a source that can be opened again. */
    private StoredInstance reopened(DataSetSource file) throws IOException {
        try (InputStream in = file.open()) {
            return of(reader.open(in), () -> {
                InputStream again = file.open();
                return new Content(reader.open(again).content(), again);
            });
        }
    }

    private StoredInstance once(InputStream stream) throws IOException {
        DicomFile file = reader.open(stream);
        AtomicBoolean opened = new AtomicBoolean();
        return of(file, () -> {
            if (opened.getAndSet(true)) {
                throw new IOException("The stream of the instance has been read; give a new one to send it again.");
            }
            return new Content(file.content(), stream);
        });
    }

    private static StoredInstance of(DicomFile file, DataSetSource dataSet) {
        FileMeta meta = file.meta();
        return new StoredInstance(
                required(meta.sopClass(), "Media Storage SOP Class UID (0002,0002)"),
                required(meta.sopInstance(), "Media Storage SOP Instance UID (0002,0003)"),
                file.transferSyntax(),
                dataSet);
    }

    private static Uid required(Optional<Uid> uid, String name) {
        return uid.orElseThrow(() -> new IllegalArgumentException(
                "The file for dicom:store has no %s; give a DICOM file with its file meta information."
                        .formatted(name)));
    }

    /** The data set of a file; closing it closes the file. */
    private static final class Content extends FilterInputStream {

        private final InputStream file;

        Content(InputStream content, InputStream file) {
            super(content);
            this.file = file;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
