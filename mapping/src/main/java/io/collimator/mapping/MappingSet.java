package io.collimator.mapping;

import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.message.OrderGroup;
import io.collimator.hl7.outcome.ErrorCode;
import io.collimator.hl7.outcome.ErrorLocation;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything an analyst wrote about mapping, checked as one set and ready to run: definitions with their overlays,
 * tables, profiles of senders, golden cases. Immutable; the map methods are pure functions, so that a dry run and the
 * real one give the same.
 */
public final class MappingSet {

    private final MappingFiles files;
    private final MappingSettings settings;
    private final Compiled compiled;

    /**
     * What the files say.
     *
     * @param definitions by name of the profile, then by type and event
     */
    record Compiled(
            Map<String, ValueTable> tables,
            OrderControlTable orderControl,
            AuthorityTable authorities,
            SenderProfiles senders,
            Map<String, Map<String, Definition>> definitions,
            List<MappingProblem> warnings) {}

    private MappingSet(MappingFiles files, MappingSettings settings, Compiled compiled) {
        this.files = files;
        this.settings = settings;
        this.compiled = compiled;
    }

    /**
     * Reads and checks the mapping folder of a home.
     *
     * @throws MappingException when anything is wrong; it names every problem with file and line
     */
    public static MappingSet load(Path folder, MappingSettings settings) {
        return of(MappingFiles.read(folder), settings);
    }

    /**
     * Checks a set of files.
     *
     * @throws MappingException when anything is wrong; it names every problem with file and line
     */
    public static MappingSet of(MappingFiles files, MappingSettings settings) {
        return new MappingSet(files, settings, new Compiler(files).compile());
    }

    /** The same mapping for a site that sets other things. */
    MappingSet with(MappingSettings otherSettings) {
        return new MappingSet(files, otherSettings, compiled);
    }

    public MappingFiles files() {
        return files;
    }

    public MappingSettings settings() {
        return settings;
    }

    /** What does not keep the set from running, but is worth a look. */
    public List<MappingProblem> warnings() {
        return compiled.warnings();
    }

    public SenderProfiles senders() {
        return compiled.senders();
    }

    public OrderControlTable orderControl() {
        return compiled.orderControl();
    }

    /** Types and events for which there are rules, for instance {@code ORM^O01}. */
    public Set<String> kinds() {
        return Set.copyOf(definitions(senders().standard()).keySet());
    }

    /**
     * The steps that an order message speaks of.
     *
     * @throws Hl7RejectedException when there are no rules for it, a required field is missing, a value cannot be held,
     *     or the profile is strict and something would have to be put right
     */
    public MappedMessage map(Hl7Message message, SenderProfile profile) {
        return map(message, profile, IgnoredOrders.NONE);
    }

    /**
     * The same without the orders that are ignored.
     *
     * @param ignored not the whole message
     */
    public MappedMessage map(Hl7Message message, SenderProfile profile, IgnoredOrders ignored) {
        return orders(profile).map(definition(message, profile, Family.ORDERS), message, profile, ignored);
    }

    /** The orders of a message that rows of {@code order-control.csv} ignore, unless one of them is known. */
    public IgnoredOrders ignoredOrders(Hl7Message message) {
        return Family.of(message.kind()) == Family.ORDERS
                ? orders(senders().standard()).ignoredOf(message)
                : IgnoredOrders.NONE;
    }

    /** The order and accession numbers of an order message, one for each of its steps. */
    public List<NamedOrder> namedOrders(Hl7Message message, SenderProfile profile) {
        return orders(profile)
                .namedBy(definition(message, profile, Family.ORDERS).onlyAccession(), message, profile);
    }

    private OrderMapper orders(SenderProfile profile) {
        return new OrderMapper(settings, orderControl(), authorities(profile));
    }

    /**
     * The patients that an ADT message speaks of.
     *
     * @throws Hl7RejectedException as {@link #map} does
     */
    public MappedPatients mapPatient(Hl7Message message, SenderProfile profile) {
        return new PatientMapper(settings, authorities(profile))
                .map(definition(message, profile, Family.PATIENTS), message, profile);
    }

    /**
     * The appointment that a scheduling message speaks of.
     *
     * @throws Hl7RejectedException as {@link #map} does
     */
    public MappedAppointment mapAppointment(Hl7Message message, SenderProfile profile) {
        return new AppointmentMapper(settings, authorities(profile))
                .map(definition(message, profile, Family.APPOINTMENTS), message, profile);
    }

    /**
     * The identifier by which the patient of any message is known: of the configured authority, else typed MR, else the
     * first; empty when PID-3 holds none.
     */
    public Optional<PatientIdentifier> patientOf(Hl7Message message, SenderProfile profile) {
        return SourceReader.patientOf(message, authorities(profile));
    }

    /**
     * The numbers of the order that a result is for: those of OBR, which belong to it, where ORC may speak of a whole group.
     */
    public OrderNumbers resultNumbers(OrderGroup group, SenderProfile profile) {
        return OrderMapper.numbers(group, List.of("OBR", "ORC"), authorities(profile));
    }

    /** The instant of a time of day, in the site's zone where it carries no offset; empty when it is none, or a date alone. */
    public Optional<Instant> time(String text) {
        return Times.instantOfDay(text, settings.zone());
    }

    /**
     * The authority that the table has for what a peer states, else that itself. What a peer does not state nobody gives it.
     */
    public AssigningAuthority authority(AssigningAuthority stated) {
        return compiled.authorities()
                .find(stated, null)
                .map(AuthorityTable.Found::authority)
                .orElse(stated);
    }

    /**
     * The authority that the table has for what one sender states.
     *
     * @param sender name of its block, "" for a sender without one
     */
    public AssigningAuthority authority(AssigningAuthority stated, String sender) {
        return compiled.authorities()
                .find(stated, sender)
                .map(AuthorityTable.Found::authority)
                .orElse(stated);
    }

    /** What the rows of the table call authorities, with the sender that a row is for. */
    public List<CalledAuthority> calledAuthorities() {
        return compiled.authorities().called();
    }

    /**
     * A name by which an authority is called.
     *
     * @param authority what the table has for it
     * @param sender whose name it is, "" for everyone's
     */
    public record CalledAuthority(AssigningAuthority called, AssigningAuthority authority, String sender) {}

    private SenderAuthorities authorities(SenderProfile profile) {
        return new SenderAuthorities(compiled.authorities(), profile, settings);
    }

    /**
     * The accession number that a message names first, by the rules for it alone; empty when it names none, or is of a kind
     * that has none.
     *
     * @throws Hl7RejectedException when the number cannot be held
     */
    public Optional<String> accessionOf(Hl7Message message, SenderProfile profile) {
        Definition definition = definitions(profile).get(message.kind());
        return definition == null || Family.of(message.kind()) != Family.ORDERS
                ? Optional.empty()
                : orders(profile).accessionOf(definition.onlyAccession(), message, profile);
    }

    /** Runs the golden cases under {@code mapping/cases}, in the order of their names. */
    public List<CaseResult> runCases() {
        return new CaseRunner(this).run();
    }

    /**
     * What the mapping leaves open.
     *
     * @param messages to map; nothing is done with them
     * @param stations AE titles of the registry
     */
    public MappingCoverage coverage(Iterable<Hl7Message> messages, Set<String> stations) {
        return new CoverageReader(this, stations).read(messages);
    }

    /**
     * Stations in tables that the registry does not have; worth a look, and no fault of the mapping.
     *
     * @param stations AE titles of the registry
     */
    public List<MappingProblem> stationsBeside(Set<String> stations) {
        return new CellCheck(compiled.definitions()).stationsBeside(stations);
    }

    /** Which of the three a message is. */
    enum Family {
        ORDERS,
        PATIENTS,
        APPOINTMENTS;

        static Family of(String kind) {
            if (kind.startsWith("ADT^")) {
                return PATIENTS;
            }
            return kind.startsWith("SIU^") ? APPOINTMENTS : ORDERS;
        }
    }

    private Definition definition(Hl7Message message, SenderProfile profile, Family family) {
        String kind = message.kind();
        Definition definition = definitions(profile).get(kind);
        if (definition == null
                && PatientMapper.OF_PERSONS.contains(message.headers().triggerEvent())) {
            throw Hl7RejectedException.contentError(
                    ErrorCode.UNSUPPORTED_EVENT_CODE,
                    ErrorLocation.ofField("MSH", 9),
                    "MSH-9 merges persons (PID-2, MRG-4), which this site does not map, so nothing was merged; send A40, or name %s among the messages of a definition."
                            .formatted(kind));
        }
        if (definition == null || Family.of(kind) != family) {
            throw Hl7RejectedException.rejected(
                    ErrorCode.UNSUPPORTED_MESSAGE_TYPE,
                    ErrorLocation.ofField("MSH", 9),
                    "No definition in mapping/definitions is for this message type.");
        }
        return definition;
    }

    private Map<String, Definition> definitions(SenderProfile profile) {
        Map<String, Definition> definitions = compiled.definitions().get(profile.name());
        return definitions == null ? compiled.definitions().getOrDefault(SenderProfile.DEFAULT, Map.of()) : definitions;
    }

    /** Every effective definition, by name of the profile. */
    Map<String, Map<String, Definition>> definitions() {
        return compiled.definitions();
    }

    /** By name. */
    Map<String, ValueTable> tables() {
        return compiled.tables();
    }

    /** The number of kinds and the digest of the files. */
    @Override
    public String toString() {
        return "MappingSet[" + new TreeSet<>(kinds()) + " " + files + "]";
    }
}
