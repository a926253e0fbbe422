package io.collimator.dicom.json;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.DicomDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Data sets as JSON (PS3.18 Annex F). Thread-safe.
 *
 * <p>Written are numbers of IS and DS as numbers of JSON where no reader can change them, else as text, which §F.2.3
 * allows; binary values inline, never by reference; (0008,0005) as ISO_IR 192, because JSON is UTF-8. Read is also a
 * {@code BulkDataURI}, as an element without value; a name that is plain text; and an attribute without {@code vr}, by the
 * dictionary.
 */
public final class DicomJson {

    /** A sequence is an attribute, its array of values, and the item; a list and its data set stand around all. */
    private static final int JSON_LEVELS_OF_A_SEQUENCE = 3;

    private static final int OUTER_LEVELS = 4;

    /** Of an attribute: itself, vr, the array of values, a value, three groups of a name. */
    private static final int JSON_VALUES_OF_AN_ELEMENT = 8;

    private final CodecLimits limits;

    /** @param limits of what is read: {@code maxBytes} counts characters */
    public DicomJson(CodecLimits limits) {
        this.limits = limits;
    }

    /**
     * One object.
     *
     * @throws DicomDataException when there is pixel data in fragments, which JSON cannot hold
     */
    public String write(DataSet dataSet) {
        StringBuilder out = new StringBuilder();
        try {
            new JsonDataSetWriter(out).write(dataSet);
        } catch (IOException e) {
            throw new UncheckedIOException("Text cannot be written to memory.", e);
        }
        return out.toString();
    }

    /** An array with one object for each data set, a line each, as they come: a long list is never in memory as a whole. */
    public void writeAll(Iterator<DataSet> dataSets, Appendable out) throws IOException {
        out.append('[');
        for (boolean first = true; dataSets.hasNext(); first = false) {
            out.append(first ? "\n" : ",\n");
            new JsonDataSetWriter(out).write(dataSets.next());
        }
        out.append("\n]");
    }

    /**
     * Reads one object.
     *
     * @throws DicomDataException when it is no JSON, no data set, or exceeds a limit
     */
    public DataSet read(String json) {
        return new JsonDataSetReader(limits).read(parse(json));
    }

    /**
     * Reads an array of objects; one object alone counts as an array of one. The limits are for all together.
     *
     * @throws DicomDataException when it is no JSON, holds something else than data sets, or exceeds a limit
     */
    public List<DataSet> readAll(String json) {
        JsonValue value = parse(json);
        JsonDataSetReader reader = new JsonDataSetReader(limits);
        if (!(value instanceof JsonValue.Array array)) {
            return List.of(reader.read(value));
        }
        List<DataSet> dataSets = new ArrayList<>(array.values().size());
        array.values().forEach(each -> dataSets.add(reader.read(each)));
        return dataSets;
    }

    private JsonValue parse(String json) {
        if (json.length() > limits.maxBytes()) {
            throw new DicomDataException("The JSON text has %d characters; at most %d are accepted."
                    .formatted(json.length(), limits.maxBytes()));
        }
        int maxDepth = Math.addExact(Math.multiplyExact(limits.maxDepth(), JSON_LEVELS_OF_A_SEQUENCE), OUTER_LEVELS);
        int maxValues = (int) Math.min(Integer.MAX_VALUE, (long) JSON_VALUES_OF_AN_ELEMENT * limits.maxElements());
        return new JsonParser(json, maxDepth, maxValues).parse();
    }
}
