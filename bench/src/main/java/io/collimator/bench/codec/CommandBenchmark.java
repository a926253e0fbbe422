package io.collimator.bench.codec;

import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.dimse.CommandCodec;
import io.collimator.dicom.dimse.DimseCommand;
import io.collimator.dicom.dimse.DimseCommand.CFindRq;
import io.collimator.dicom.dimse.DimseCommand.CFindRsp;
import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.dicom.dimse.Priority;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** C-FIND: the request that is read and the response that is written, beside a copy of the bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CommandBenchmark {

    private final DimseCommand response =
            new CFindRsp(7, Uids.ModalityWorklistInformationModelFind, DimseStatus.PENDING, true);
    private final byte[] request =
            CommandCodec.encode(new CFindRq(7, Uids.ModalityWorklistInformationModelFind, Priority.MEDIUM, true));

    @Benchmark
    public DimseCommand decode() {
        return CommandCodec.decode(request);
    }

    @Benchmark
    public byte[] encode() {
        return CommandCodec.encode(response);
    }

    @Benchmark
    public byte[] copy() {
        return request.clone();
    }
}
