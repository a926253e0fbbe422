package io.collimator.bench.codec;

import io.collimator.dicom.net.pdu.PDataTf;
import io.collimator.dicom.net.pdu.Pdu;
import io.collimator.dicom.net.pdu.PduDecoder;
import io.collimator.dicom.net.pdu.PduEncoder;
import io.collimator.dicom.net.pdu.Pdv;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** P-DATA-TF with one fragment, beside a copy of its bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DataPduBenchmark {

    @Param({"128", "16378"})
    public int fragmentBytes;

    private Pdu pdu = new PDataTf(List.of());
    private byte[] bytes = new byte[0];

    @Setup
    public void encodeOnce() {
        pdu = new PDataTf(List.of(new Pdv(1, false, true, ByteBuffer.wrap(new byte[fragmentBytes]))));
        bytes = PduEncoder.encode(pdu);
    }

    @Benchmark
    public Pdu decode() {
        return PduDecoder.decode(bytes);
    }

    @Benchmark
    public byte[] encode() {
        return PduEncoder.encode(pdu);
    }

    @Benchmark
    public byte[] copy() {
        return bytes.clone();
    }
}
