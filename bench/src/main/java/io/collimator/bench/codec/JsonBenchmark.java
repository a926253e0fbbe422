package io.collimator.bench.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.json.DicomJson;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A worklist entry as DICOM JSON, beside Jackson with the same text, which knows nothing of DICOM. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JsonBenchmark {

    private final DicomJson json = new DicomJson(CodecLimits.defaults());
    private final ObjectMapper jackson = new ObjectMapper();
    private final DataSet entry = Entries.worklistEntry();
    private final String text = json.write(entry);
    private final JsonNode tree = jacksonRead();

    @Benchmark
    public DataSet read() {
        return json.read(text);
    }

    @Benchmark
    public String write() {
        return json.write(entry);
    }

    @Benchmark
    public final JsonNode jacksonRead() {
        try {
            return jackson.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Benchmark
    public String jacksonWrite() {
        try {
            return jackson.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
