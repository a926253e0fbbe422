package io.collimator.bench.codec;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.TransferSyntax;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What java.util.zip alone needs for the bytes of a worklist entry in the deflated transfer syntax. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DeflateBenchmark {

    private final byte[] plain = new DataSetCodec(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults())
            .encode(Entries.worklistEntry());
    private final byte[] deflated = deflate();

    @Benchmark
    public byte[] inflate() throws DataFormatException {
        Inflater inflater = new Inflater(true);
        inflater.setInput(deflated);
        byte[] out = new byte[plain.length];
        inflater.inflate(out);
        inflater.end();
        return out;
    }

    @Benchmark
    public final byte[] deflate() {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(plain);
        deflater.finish();
        byte[] out = new byte[plain.length];
        byte[] exact = new byte[deflater.deflate(out)];
        System.arraycopy(out, 0, exact, 0, exact.length);
        deflater.end();
        return exact;
    }
}
