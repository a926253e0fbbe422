package io.collimator.bench.codec;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.DataSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A worklist entry in three transfer syntaxes, beside a copy of its bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DataSetBenchmark {

    @Param({"IMPLICIT_VR_LITTLE_ENDIAN", "EXPLICIT_VR_LITTLE_ENDIAN", "DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN"})
    public TransferSyntax syntax = TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN;

    private final DataSet entry = Entries.worklistEntry();
    private DataSetCodec codec = new DataSetCodec(syntax, CodecLimits.defaults());
    private byte[] bytes = new byte[0];

    @Setup
    public void encodeOnce() {
        codec = new DataSetCodec(syntax, CodecLimits.defaults());
        bytes = codec.encode(entry);
    }

    @Benchmark
    public DataSet decode() {
        return codec.decode(bytes);
    }

    @Benchmark
    public byte[] encode() {
        return codec.encode(entry);
    }

    @Benchmark
    public byte[] copy() {
        return bytes.clone();
    }
}
