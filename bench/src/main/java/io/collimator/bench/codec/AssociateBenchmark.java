package io.collimator.bench.codec;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Uids;
import io.collimator.dicom.net.pdu.AssociateRq;
import io.collimator.dicom.net.pdu.Pdu;
import io.collimator.dicom.net.pdu.PduDecoder;
import io.collimator.dicom.net.pdu.PduEncoder;
import io.collimator.dicom.net.pdu.ProposedContext;
import io.collimator.dicom.net.pdu.UserInformation;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A-ASSOCIATE-RQ of a modality: four contexts with three transfer syntaxes each, beside a copy of its bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AssociateBenchmark {

    private final Pdu request = request();
    private final byte[] bytes = PduEncoder.encode(request);

    private static Pdu request() {
        List<Uid> offered =
                List.of(Uids.ExplicitVRLittleEndian, Uids.ImplicitVRLittleEndian, Uids.DeflatedExplicitVRLittleEndian);
        List<ProposedContext> contexts = List.of(
                new ProposedContext(1, Uids.Verification, offered),
                new ProposedContext(3, Uids.ModalityWorklistInformationModelFind, offered),
                new ProposedContext(5, Uids.ModalityPerformedProcedureStep, offered),
                new ProposedContext(7, Uids.StorageCommitmentPushModel, offered));
        return new AssociateRq(
                1,
                new AeTitle("COLLIMATOR"),
                new AeTitle("CT1"),
                AssociateRq.DICOM_APPLICATION_CONTEXT,
                contexts,
                new UserInformation(16_384, "1.2.276.0.76.3.1.99.9", "BENCH", List.of()));
    }

    @Benchmark
    public Pdu decode() {
        return PduDecoder.decode(bytes);
    }

    @Benchmark
    public byte[] encode() {
        return PduEncoder.encode(request);
    }

    @Benchmark
    public byte[] copy() {
        return bytes.clone();
    }
}
