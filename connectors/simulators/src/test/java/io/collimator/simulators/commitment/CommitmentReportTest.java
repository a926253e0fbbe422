package io.collimator.simulators.commitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.dictionary.Uids;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommitmentReportTest {

    private static final Uid TRANSACTION = new Uid("1.2.9");
    private static final InstanceReference ONE = new InstanceReference(Uids.CTImageStorage, new Uid("1.2.3.1"));
    private static final InstanceReference TWO = new InstanceReference(Uids.CTImageStorage, new Uid("1.2.3.2"));

    @Test
    void a_report_survives_its_data_set() {
        CommitmentReport report = new CommitmentReport(
                TRANSACTION, List.of(ONE), List.of(new FailedInstance(TWO, FailedInstance.NO_SUCH_INSTANCE)));

        assertThat(CommitmentReport.of(report.toDataSet())).isEqualTo(report);
        assertThat(report.eventType()).isEqualTo(2);
    }

    @Test
    void success_has_no_failed_sequence_and_total_failure_no_other() {
        DataSet success = new CommitmentReport(TRANSACTION, List.of(ONE), List.of()).toDataSet();
        DataSet failure =
                new CommitmentReport(TRANSACTION, List.of(), List.of(new FailedInstance(ONE, 0x0110))).toDataSet();

        assertThat(success.contains(Tags.FailedSOPSequence)).isFalse();
        assertThat(failure.contains(Tags.ReferencedSOPSequence)).isFalse();
    }

    @Test
    void a_request_without_transaction_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> CommitmentRequest.of(DataSet.empty()));
    }
}
