package io.collimator.engine.reload;

import io.collimator.engine.config.MappingChangeSettings;
import io.collimator.engine.reload.ChangeOutcome.Effect;
import io.collimator.engine.reload.RunningMapping.Running;
import io.collimator.mapping.MappingFiles;
import io.collimator.mapping.MappingProblem;
import io.collimator.mapping.MappingSet;
import io.collimator.workflow.order.AccessionNumber;
import io.collimator.workflow.port.Session;
import io.collimator.workflow.port.Transactions;
import io.collimator.workflow.usecase.RenameAuthorities;
import io.collimator.workflow.version.MappingVersion;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the mapping of a running engine: checked as a whole, compared with what runs, stored as a version, written into
 * the home, swapped between two messages. One change at a time. Thread-safe.
 */
public final class MappingChanges {

    private static final int MAX_SHOWN = 5;
    private static final Logger LOG = LoggerFactory.getLogger(MappingChanges.class);
    private static final long PATIENCE_SECONDS = 20;
    private static final String START = "start";

    private final ReentrantLock changing = new ReentrantLock(true);
    private final Ground ground;
    private final ReceivedSamples received;

    /**
     * What changes stand on.
     *
     * @param home the files that an engine starts with
     */
    public record Ground(
            RunningMapping running,
            MappingHome home,
            SetCheck check,
            MappingTrial trial,
            Transactions transactions,
            RenameAuthorities authorities,
            MappingChangeSettings settings,
            Clock clock) {}

    /**
     * A change that somebody wants.
     *
     * @param by user of the login
     * @param comment may be empty
     * @param isDryRun whether to check and compare only
     */
    public record Proposal(String by, String comment, boolean isDryRun) {}

    /**
     * A version and what it changed.
     *
     * @param diff unified, against the version before; all of it is new when that one is not kept
     */
    public record VersionView(MappingVersion version, List<String> diff) {
        public VersionView {
            diff = List.copyOf(diff);
        }
    }

    public MappingChanges(Ground ground) {
        this.ground = ground;
        this.received = new ReceivedSamples(ground.transactions());
    }

    public MappingChangeSettings settings() {
        return ground.settings();
    }

    /** The number of the version that runs. */
    public int runningVersion() {
        return ground.running().current().version();
    }

    /** Compares what the engine starts with to the history, and adds a version when it is another one. Once, at start. */
    public void recordStart() {
        Running found = ground.running().current();
        MappingFiles files = found.set().files();
        int number = ground.transactions()
                .write(session -> {
                    Optional<MappingVersion> newest = session.mappingVersions().newest();
                    if (newest.isPresent() && newest.get().digest().equals(files.digest())) {
                        return newest.get().number();
                    }
                    Map<String, String> before =
                            newest.map(MappingVersion::files).orElse(Map.of());
                    ground.authorities().apply(session, found.set()::authority, START);
                    return add(session, files, before, new Proposal(START, "as found in the home", false));
                })
                .value();
        ground.running().swap(new Running(number, found.set()));
        LOG.info("Mapping version {} runs.", number);
    }

    /** Makes these files the mapping. */
    public ChangeOutcome apply(Map<String, String> files, Proposal proposal) {
        return alone(() -> change(files, proposal));
    }

    /**
     * Makes an earlier version the mapping again, as a new version.
     *
     * @param to which; empty for the one before the one that runs
     */
    public ChangeOutcome rollBack(OptionalInt to, Proposal proposal) {
        return alone(() -> {
            int number = to.orElse(runningVersion() - 1);
            Optional<MappingVersion> version = ground.transactions()
                    .read(session -> session.mappingVersions().find(number));
            if (version.isEmpty()) {
                return new ChangeOutcome.NoSuchVersion(number);
            }
            String comment = "rollback to " + number + (proposal.comment().isEmpty() ? "" : ": " + proposal.comment());
            return change(version.get().files(), new Proposal(proposal.by(), comment, proposal.isDryRun()));
        });
    }

    /**
     * What a candidate makes of the messages received last, beside what runs; changes nothing.
     *
     * @throws BrokenMappingException when the candidate is broken
     */
    public Comparison compare(Map<String, String> files, int last) {
        return effects(ground.check().candidate(files), last);
    }

    /** Versions without their files, newest first. */
    public List<MappingVersion> versions(int before, int max) {
        return ground.transactions().read(session -> session.mappingVersions().list(before, max));
    }

    public Optional<VersionView> version(int number) {
        return ground.transactions()
                .read(session -> session.mappingVersions()
                        .find(number)
                        .map(version -> new VersionView(
                                version,
                                FileChanges.between(
                                                session.mappingVersions()
                                                        .find(number - 1)
                                                        .map(MappingVersion::files)
                                                        .orElse(Map.of()),
                                                version.files())
                                        .unified())));
    }

    /** A step that may be done by one at a time. */
    private interface Step {
        ChangeOutcome run();
    }

    private ChangeOutcome alone(Step step) {
        try {
            if (!changing.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return new ChangeOutcome.Busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ChangeOutcome.Busy();
        }
        try {
            return step.run();
        } finally {
            changing.unlock();
        }
    }

    private ChangeOutcome change(Map<String, String> files, Proposal proposal) {
        Running running = ground.running().current();
        MappingSet candidate;
        try {
            candidate = ground.check().check(files);
        } catch (BrokenMappingException e) {
            return new ChangeOutcome.Refused(running.version(), e.findings());
        }
        FileChanges changes = FileChanges.between(
                running.set().files().texts(), candidate.files().texts());
        if (changes.isEmpty()) {
            return new ChangeOutcome.Unchanged(running.version());
        }
        AuthorityEffects authorities = authorities(running.set(), candidate);
        if (!authorities.conflicts().isEmpty()) {
            return new ChangeOutcome.Refused(running.version(), List.of(conflict(authorities)));
        }
        Effect effect = new Effect(
                changes.summary(),
                changes.unified(),
                effects(candidate, ground.settings().compareMessages()),
                authorities.json());
        if (proposal.isDryRun()) {
            return new ChangeOutcome.Tried(running.version(), effect);
        }
        try {
            return store(running.set().files(), candidate, effect, proposal);
        } catch (IOException e) {
            LOG.error("The mapping of the home cannot be written", e);
            return new ChangeOutcome.NotWritten(
                    "The home's mapping folder or the data folder cannot be written (%s); correct owner, rights or free space."
                            .formatted(e.getClass().getSimpleName()));
        }
    }

    private AuthorityEffects authorities(MappingSet running, MappingSet candidate) {
        return running.calledAuthorities().equals(candidate.calledAuthorities())
                ? AuthorityEffects.NONE
                : AuthorityEffects.of(ground.authorities(), running, candidate);
    }

    private static MappingProblem conflict(AuthorityEffects effects) {
        return new MappingProblem(
                "mapping/tables/authorities.csv",
                0,
                "authority",
                effects.conflicts().stream()
                        .map(AccessionNumber::value)
                        .limit(MAX_SHOWN)
                        .collect(Collectors.joining(", ")),
                "%d accession numbers would be of one authority although two orders have them; correct the row, or cancel one of the orders."
                        .formatted(effects.conflicts().size()));
    }

    private Comparison effects(MappingSet candidate, int last) {
        return Comparison.of(ground.trial(), ground.running().set(), candidate, received.newest(last));
    }

    /** The order matters: a kill between any two lines leaves either the old mapping or a note that finishes the new one. */
    private ChangeOutcome store(MappingFiles before, MappingSet candidate, Effect effect, Proposal proposal)
            throws IOException {
        MappingHome.Write write = ground.home().begin(before, candidate.files());
        int number;
        try {
            number = ground.transactions()
                    .write(session -> {
                        ground.authorities().apply(session, candidate::authority, proposal.by());
                        return add(session, candidate.files(), before.texts(), proposal);
                    })
                    .value();
        } catch (RuntimeException e) {
            write.giveUp();
            throw e;
        }
        List<String> notes = new ArrayList<>(write.notes());
        try {
            write.finish();
        } catch (IOException e) {
            LOG.error(
                    "Mapping version {} runs, but not all of its files could be written; the next start does it",
                    number,
                    e);
            notes.add("Not all files of the home could be written; the next start of the engine writes them.");
        }
        ground.running().swap(new Running(number, candidate));
        LOG.info("Mapping version {} runs, by {}: {}", number, proposal.by(), effect.files());
        return new ChangeOutcome.Applied(number, effect, notes);
    }

    private int add(Session session, MappingFiles files, Map<String, String> before, Proposal proposal) {
        int number =
                session.mappingVersions().newest().map(MappingVersion::number).orElse(0) + 1;
        session.mappingVersions()
                .add(new MappingVersion(
                        number,
                        ground.clock().instant(),
                        proposal.by(),
                        proposal.comment(),
                        files.digest(),
                        String.join(
                                "\n", FileChanges.between(before, files.texts()).summary()),
                        files.texts()));
        session.mappingVersions().removeBefore(number - ground.settings().historyVersions() + 1);
        return number;
    }
}
