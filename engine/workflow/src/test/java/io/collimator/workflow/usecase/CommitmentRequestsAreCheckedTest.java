package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.Exam.ARCHIVE;
import static io.collimator.workflow.usecase.Exam.CT1;
import static io.collimator.workflow.usecase.Exam.commitmentOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.exception.ExceptionType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which requests of a modality are taken, and which are refused with what status. */
class CommitmentRequestsAreCheckedTest {

    private static final String T1 = "1.5.1";

    private final Exam exam = new Exam();

    @Test
    void a_repeated_request_is_answered_and_not_asked_twice() {
        // given
        exam.askCommitment(T1, "9.1", "9.2");

        // when
        exam.askCommitment(T1, "9.2", "9.1");

        // then
        assertThat(exam.askArchive()).hasSize(1);
    }

    @Test
    void an_active_transaction_with_other_instances_is_refused() {
        // given
        exam.askCommitment(T1, "9.1");

        // when
        RequestRefusedException refused =
                catchThrowableOfType(RequestRefusedException.class, () -> exam.askCommitment(T1, "9.1", "9.2"));

        // then
        assertThat(refused.status()).isEqualTo(0x0110);
        assertThat(exam.exceptions()).containsExactly(ExceptionType.MESSAGE_REFUSED);
    }

    static Stream<DataSet> invalidInformation() {
        return Stream.of(
                commitmentOf("", "9.1"),
                commitmentOf("no uid", "9.1"),
                commitmentOf(T1),
                commitmentOf(T1, "9.1", ""),
                Dictionary.dataSet(commitmentOf(T1))
                        .items(
                                Tags.ReferencedSOPSequence,
                                Dictionary.dataSet()
                                        .put(Tags.ReferencedSOPInstanceUID, "9.1")
                                        .build())
                        .build());
    }

    @ParameterizedTest
    @MethodSource("invalidInformation")
    void information_that_lacks_a_uid_is_an_invalid_argument(DataSet information) {
        RequestRefusedException refused =
                catchThrowableOfType(RequestRefusedException.class, () -> exam.askCommitment(information));

        assertThat(refused.status()).isEqualTo(0x0115);
        assertThat(exam.exceptions()).containsExactly(ExceptionType.MESSAGE_REFUSED);
    }

    @Test
    void nothing_is_promised_without_a_real_archive_or_an_address_to_report_to() {
        // given
        exam.archive = Optional.empty();
        RequestRefusedException noArchive =
                catchThrowableOfType(RequestRefusedException.class, () -> exam.askCommitment(T1, "9.1"));

        // when
        exam.archive = Optional.of(ARCHIVE);
        exam.reachable = false;
        RequestRefusedException noAddress =
                catchThrowableOfType(RequestRefusedException.class, () -> exam.askCommitment(T1, "9.1"));

        // then
        assertThat(noArchive.status()).isEqualTo(0x0110);
        assertThat(noArchive.comment()).isEqualTo("no real archive is configured");
        assertThat(noAddress.status()).isEqualTo(0x0110);
    }

    @Test
    void another_action_or_instance_is_refused() {
        Uid wellKnown = new Uid("1.2.840.10008.1.20.1.1");

        RequestRefusedException action = catchThrowableOfType(
                RequestRefusedException.class,
                () -> exam.requests.request(new RequestCommitment.Request(CT1, wellKnown, 2, commitmentOf(T1, "9.1"))));
        RequestRefusedException instance = catchThrowableOfType(
                RequestRefusedException.class,
                () -> exam.requests.request(
                        new RequestCommitment.Request(CT1, new Uid("1.2"), 1, commitmentOf(T1, "9.1"))));

        assertThat(action.status()).isEqualTo(0x0123);
        assertThat(instance.status()).isEqualTo(0x0112);
    }

    @Test
    void a_request_that_no_performed_step_explains_is_an_exception_once_and_only_after_an_hour() {
        // given
        exam.askCommitment(T1, "9.1");

        // when
        exam.clock.advance(Duration.ofMinutes(60));
        exam.unmatched.raise(exam.clock.instant(), 100);
        List<ExceptionType> inTime = exam.exceptions();
        exam.clock.advance(Duration.ofSeconds(1));
        exam.unmatched.raise(exam.clock.instant(), 100);
        exam.unmatched.raise(exam.clock.instant(), 100);

        // then
        assertThat(inTime).isEmpty();
        assertThat(exam.exceptions()).containsExactly(ExceptionType.COMMITMENT_UNMATCHED);
    }
}
