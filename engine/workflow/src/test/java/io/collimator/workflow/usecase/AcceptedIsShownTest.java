package io.collimator.workflow.usecase;

import static io.collimator.workflow.usecase.OrderDesk.ACC1;
import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Uid;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.workflow.appointment.AppointmentEvent;
import io.collimator.workflow.appointment.AppointmentMessage;
import io.collimator.workflow.appointment.AppointmentMessage.BookedOrder;
import io.collimator.workflow.appointment.AppointmentMessage.OrderKeys;
import io.collimator.workflow.appointment.AppointmentMessage.Service;
import io.collimator.workflow.appointment.NoShowPolicy;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.order.OrderRefusedException;
import io.collimator.workflow.worklist.ScheduledStep;
import io.collimator.workflow.worklist.StepStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random days of one order: orders, appointments, patients and modalities in any order. After each message that was
 * accepted, the worklist shows what it asked for or an exception says why not, what it does not name stays, and a change of
 * the list is told in a notice.
 */
class AcceptedIsShownTest {

    private static final int SEQUENCES = 500;
    private static final int MESSAGES = 14;
    private static final Set<StepStatus> SHOWN = Set.of(StepStatus.SCHEDULED, StepStatus.ARRIVED, StepStatus.READY);
    private static final List<String> PROCEDURES = List.of("EX1", "EX2", "EX3");
    private static final AeTitle CT1 = new AeTitle("CT1");

    private final PatientDesk desk = new PatientDesk();
    private final Map<String, String> inProgress = new TreeMap<>();
    private final List<String> told = new ArrayList<>();
    private String name = "DOE^JOHN";
    private int uids;
    private int starts;

    static IntStream seeds() {
        return IntStream.range(0, SEQUENCES);
    }

    /** What a message asked for. */
    private interface Claim {
        boolean holds();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_is_accepted_is_shown_or_told(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < MESSAGES; i++) {
            Map<String, DataSet> before = shown();
            Map<String, String> others = new HashMap<>();
            int raised = desk.store.raised().size();
            int notices = desk.store.outbox().pending(100_000).size();
            Said said = say(random);
            if (said == null) {
                continue;
            }
            boolean isOnly = steps().stream().filter(step -> !isRepeated(step)).count() == 1;
            steps().stream()
                    .filter(step -> !isOnly && !said.procedures().contains(codeOf(step)))
                    .forEach(step -> others.put(step.stepId(), slotOf(step)));
            told.add(said.words());
            try {
                said.message().run();
            } catch (OrderRefusedException e) {
                told.add("  refused: " + e.getMessage());
                assertThat(shown()).as("%d %s", seed, told).isEqualTo(before);
                continue;
            }
            boolean isTold = desk.store.raised().size() > raised;
            assertThat(isTold || said.claim().holds())
                    .as("seed %d: %s%nsteps: %s", seed, told, describe())
                    .isTrue();
            assertThat(said.isPerformed()
                            || shown().equals(before)
                            || desk.store.outbox().pending(100_000).size() > notices)
                    .as("seed %d: the list changed without a notice: %s", seed, told)
                    .isTrue();
            others.forEach((stepId, slot) -> assertThat(slotOf(step(stepId)))
                    .as("seed %d: step %s was not named: %s", seed, stepId, told)
                    .isEqualTo(slot));
        }
    }

    /**
     * A message.
     *
     * @param procedures that it may change
     */
    private record Said(String words, Set<String> procedures, Runnable message, Claim claim) {

        /** A step of an exam that is in progress tells nobody anything new of the exam. */
        boolean isPerformed() {
            return words.startsWith("N-");
        }
    }

    private @Nullable Said say(Random random) {
        String code = PROCEDURES.get(random.nextInt(PROCEDURES.size()));
        String start = "%04d".formatted(600 + starts++);
        return switch (random.nextInt(14)) {
            case 0 -> order("NW", random, true);
            case 1 -> order("XO", random, true);
            case 2 -> order("NW", random, false);
            case 3, 4 -> one("XO", code, start);
            case 5 -> stop("CA", code, random.nextBoolean());
            case 6 -> hold(random.nextBoolean() ? "HD" : "RL");
            case 7 -> appointment(AppointmentEvent.RESCHEDULE, code, start, random.nextBoolean());
            case 8 -> appointment(AppointmentEvent.MODIFY, code, start, random.nextBoolean());
            case 9 -> appointment(AppointmentEvent.CANCEL, code, start, random.nextBoolean());
            case 10 -> rename();
            case 11, 12 -> begin(random);
            default -> end(random);
        };
    }

    /** An order with each procedure, or some of them. */
    private Said order(String control, Random random, boolean isWhole) {
        List<String> codes = new ArrayList<>(PROCEDURES);
        Collections.shuffle(codes, random);
        List<String> named = isWhole ? codes : codes.subList(0, 1 + random.nextInt(codes.size()));
        Map<String, String> asked = new TreeMap<>();
        List<OrderDraft> groups = new ArrayList<>();
        for (String code : named) {
            String start = "%04d".formatted(600 + starts++);
            asked.put(code, start);
            groups.add(group(control, code, start));
        }
        return new Said(
                control + " " + asked,
                Set.copyOf(named),
                () -> desk.send(groups.toArray(OrderDraft[]::new)),
                () -> asked.entrySet().stream().allMatch(entry -> isShown(entry.getKey(), entry.getValue())));
    }

    private Said one(String control, String code, String start) {
        return new Said(
                "%s %s %s".formatted(control, code, start),
                Set.of(code),
                () -> desk.send(group(control, code, start)),
                () -> isShown(code, start));
    }

    private Said stop(String control, String code, boolean isOne) {
        OrderDraft draft = MeantStepsTest.procedure(control, isOne ? code : "", "0900");
        boolean isKnown = steps().stream().anyMatch(step -> codeOf(step).equals(code));
        Set<String> meant = isOne && isKnown ? Set.of(code) : Set.copyOf(PROCEDURES);
        return new Said(
                "%s %s".formatted(control, meant),
                meant,
                () -> desk.send(draft),
                () -> shown().values().stream().noneMatch(entry -> meant.contains(codeOf(entry))));
    }

    private Said hold(String control) {
        return new Said(
                control,
                Set.copyOf(PROCEDURES),
                () -> desk.send(MeantStepsTest.procedure(control, "", "0900")),
                () -> control.equals("HD")
                        ? shown().isEmpty()
                        : steps().stream().noneMatch(step -> step.status() == StepStatus.ON_HOLD));
    }

    private Said appointment(AppointmentEvent event, String code, String start, boolean isOne) {
        DataSet.Builder entry = Dictionary.dataSet();
        if (isOne) {
            entry.put(Tags.RequestedProcedureDescription, code);
        }
        if (event.schedules()) {
            entry.items(
                    Tags.ScheduledProcedureStepSequence,
                    Dictionary.dataSet()
                            .put(Tags.ScheduledProcedureStepStartDate, "20261125")
                            .put(Tags.ScheduledProcedureStepStartTime, start)
                            .build());
        }
        Set<String> known = steps().stream().map(AcceptedIsShownTest::codeOf).collect(Collectors.toSet());
        boolean isNamed = isOne && (known.contains(code) || known.size() > 1);
        Set<String> meant = isNamed ? Set.of(code) : known;
        List<String> open = steps().stream()
                .filter(step -> meant.contains(codeOf(step)) && step.status().isOpen())
                .map(AcceptedIsShownTest::codeOf)
                .distinct()
                .toList();
        return new Said(
                "SIU %s %s %s".formatted(event, meant, start),
                meant,
                () -> desk.book(new AppointmentMessage(
                        desk.reception("SCHED|NORTH", null),
                        List.of(new BookedOrder(
                                new OrderKeys(null, new OrderNumber("FIL1", "RAD"), null),
                                List.of(new Service(event, false, entry.build())))),
                        null,
                        NoShowPolicy.KEEP)),
                () -> event.schedules()
                        ? open.stream().allMatch(each -> isShown(each, start) || isHeld(each))
                        : shown().values().stream().noneMatch(shown -> meant.contains(codeOf(shown))));
    }

    private Said rename() {
        String other = "DOE^N" + starts++;
        return new Said(
                "A08 " + other,
                Set.of(),
                () -> {
                    desk.adt(
                            "A08",
                            "PID-1^NORTH",
                            PatientDesk.data().put(Tags.PatientName, other).build(),
                            null);
                    name = other;
                },
                () -> shown().values().stream()
                        .allMatch(entry -> entry.text(Tags.PatientName).equals(other)));
    }

    private @Nullable Said begin(Random random) {
        List<String> shown = new ArrayList<>(shown().keySet());
        if (shown.isEmpty()) {
            return null;
        }
        String stepId = shown.get(random.nextInt(shown.size()));
        String uid = "1.2.840.9." + ++uids;
        return new Said(
                "N-CREATE for " + stepId,
                Set.of(codeOf(step(stepId))),
                () -> {
                    desk.performed()
                            .create(new RecordPerformedStep.Request(
                                    CT1,
                                    new Uid(uid),
                                    Exam.beginFor("PID-1", Exam.item("ACC1", stepId, new Uid("1.2.3")))));
                    inProgress.put(uid, stepId);
                },
                () -> !shown().containsKey(stepId));
    }

    private @Nullable Said end(Random random) {
        if (inProgress.isEmpty()) {
            return null;
        }
        String uid = inProgress.keySet().iterator().next();
        String stepId = inProgress.remove(uid);
        String status = random.nextInt(3) == 0 ? "COMPLETED" : "DISCONTINUED";
        boolean isWrongEntry = status.equals("DISCONTINUED") && random.nextInt(3) == 0;
        DataSet end = Exam.end(status, uid + ".1");
        return new Said(
                "N-SET %s %s%s".formatted(status, stepId, isWrongEntry ? " wrong entry" : ""),
                Set.of(codeOf(step(stepId))),
                () -> desk.performed()
                        .set(new RecordPerformedStep.Request(
                                CT1, new Uid(uid), isWrongEntry ? Exam.wrongEntry(end) : end)),
                () -> isWrongEntry == shown().containsKey(stepId));
    }

    private OrderDraft group(String control, String code, String start) {
        return MeantStepsTest.procedure(control, code, start)
                .put(Tags.PatientName, name)
                .putInStep(Tags.ScheduledProcedureStepStartDate, "20261125");
    }

    private boolean isShown(String code, String start) {
        return shown().values().stream()
                .anyMatch(entry -> codeOf(entry).equals(code)
                        && entry.item(Tags.ScheduledProcedureStepSequence)
                                .text(Tags.ScheduledProcedureStepStartTime)
                                .equals(start));
    }

    private boolean isHeld(String code) {
        return steps().stream().anyMatch(step -> codeOf(step).equals(code) && step.status() == StepStatus.ON_HOLD);
    }

    private List<ScheduledStep> steps() {
        return desk.store.scheduledSteps().ofAccession(ACC1);
    }

    private ScheduledStep step(String stepId) {
        return steps().stream()
                .filter(step -> step.stepId().equals(stepId))
                .findFirst()
                .orElseThrow();
    }

    private boolean isRepeated(ScheduledStep step) {
        return steps().stream().anyMatch(other -> step.stepId().equals(other.repeats()));
    }

    private Map<String, DataSet> shown() {
        Map<String, DataSet> shown = new TreeMap<>();
        steps().stream()
                .filter(step -> SHOWN.contains(step.status()))
                .forEach(step -> shown.put(step.stepId(), step.entry()));
        return shown;
    }

    private List<String> describe() {
        return steps().stream()
                .map(step -> "%s %s %s".formatted(step.stepId(), codeOf(step), slotOf(step)))
                .toList();
    }

    private static String slotOf(ScheduledStep step) {
        return step.status() + " " + MeantStepsTest.startOf(step);
    }

    private static String codeOf(ScheduledStep step) {
        return codeOf(step.dataSet());
    }

    private static String codeOf(DataSet entry) {
        return entry.item(Tags.RequestedProcedureCodeSequence).text(Tags.CodeValue);
    }
}
