package io.collimator.mapping;

import io.collimator.hl7.message.Hl7Headers;
import java.util.List;
import java.util.Locale;

/**
 * How the messages of one sender are read: one block of {@code mapping/senders.yaml}.
 *
 * @param name of the block
 * @param matches which messages it is for; none for {@code default}
 * @param overlay name of the sender overlay, "" for none
 * @param characterSet term of MSH-18 where the message names none, "" for the engine's
 * @param accessionFrom fields that the accession number comes from, in order; none for those of the definition
 * @param patientAuthority who gave patient IDs that do not say it, as {@code NORTH} or {@code NORTH&1.2.3&ISO}; "" for the
 *     engine's default
 * @param accessionAuthority the same for accession numbers
 * @param orderAuthority the same for placer and filler order numbers
 * @param mergeAcross what a merge of a number into one of another authority does
 * @param versions of MSH-12 that are accepted; none for the engine's
 * @param processingIds of MSH-11 that are accepted, "" for messages without one; none for the engine's
 * @param stations AE titles that do this sender's steps where nothing else says so
 * @param ignore types and events, or types alone, that are acknowledged and change nothing: {@code ADT^A31}, {@code ORU}
 */
public record SenderProfile(
        String name,
        String description,
        List<Match> matches,
        String overlay,
        Strictness strictness,
        String characterSet,
        Undecodable undecodable,
        List<String> accessionFrom,
        String patientAuthority,
        String accessionAuthority,
        String orderAuthority,
        StudyUid studyUid,
        UnknownOrderChange unknownOrderChange,
        UnknownOrderCancel unknownOrderCancel,
        NoShow noShow,
        MergeAcross mergeAcross,
        List<String> versions,
        List<String> processingIds,
        Replies replies,
        List<String> stations,
        List<String> ignore) {

    /** Name of the profile that is for everyone else. */
    public static final String DEFAULT = "default";

    /** A profile with every default, for senders without a block of their own. */
    static SenderProfile standard(String name) {
        return new SenderProfile(
                name,
                "",
                List.of(),
                "",
                Strictness.LENIENT,
                "",
                Undecodable.FALL_BACK,
                List.of(),
                "",
                "",
                "",
                StudyUid.DERIVE,
                UnknownOrderChange.CREATE,
                UnknownOrderCancel.REFUSE,
                NoShow.KEEP,
                MergeAcross.REFUSE,
                List.of(),
                List.of(),
                Replies.ACKNOWLEDGEMENT,
                List.of(),
                List.of());
    }

    public SenderProfile {
        matches = List.copyOf(matches);
        accessionFrom = List.copyOf(accessionFrom);
        versions = List.copyOf(versions);
        processingIds = List.copyOf(processingIds);
        stations = List.copyOf(stations);
        ignore = List.copyOf(ignore);
    }

    /** Whether a message with this header changes nothing. */
    public boolean ignores(Hl7Headers headers) {
        return ignore.contains(headers.kind()) || ignore.contains(headers.messageType());
    }

    /**
     * Which messages a profile is for; what is 0 or "" fits all.
     *
     * @param port the listener's port
     * @param application MSH-3.1
     * @param facility MSH-4.1
     */
    public record Match(int port, String application, String facility) {

        boolean fits(int localPort, String sendingApplication, String sendingFacility) {
            return (port == 0 || port == localPort)
                    && (application.isEmpty() || application.equalsIgnoreCase(sendingApplication))
                    && (facility.isEmpty() || facility.equalsIgnoreCase(sendingFacility));
        }

        /** The port counts more than the application, the application more than the facility. */
        int weight() {
            return (port == 0 ? 0 : 4) + (application.isEmpty() ? 0 : 2) + (facility.isEmpty() ? 0 : 1);
        }

        String key() {
            return port + "|" + application.toUpperCase(Locale.ROOT) + "|" + facility.toUpperCase(Locale.ROOT);
        }
    }

    /** Whether what could be put right is put right. */
    public enum Strictness {
        /** It is, with a warning that is counted. */
        LENIENT,
        /** The message is refused with AE 102. */
        STRICT
    }

    /** Bytes that the named character set does not have. */
    public enum Undecodable {
        /** Read by the engine's default, with a warning. */
        FALL_BACK,
        /** AE 102. */
        REFUSE
    }

    /** Where the Study Instance UID comes from when the message has none, or none that is valid. */
    public enum StudyUid {
        /** It is derived from the order; one that is invalid is refused. */
        DERIVE,
        /** A new order without one is refused. */
        REQUIRE,
        /** It is derived from the order, also in place of one that is invalid. */
        REPLACE_INVALID
    }

    /** A change of an order that is not known. */
    public enum UnknownOrderChange {
        CREATE,
        REFUSE
    }

    /** A cancellation of an order that is not known. */
    public enum UnknownOrderCancel {
        REFUSE,
        ACCEPT
    }

    /** What an appointment that was not kept does to the step. */
    public enum NoShow {
        KEEP,
        CANCEL
    }

    /** A merge of a number into a number that another authority gave. */
    public enum MergeAcross {
        /** AE 204. */
        REFUSE,
        /** Into the identifier that the patient is known by. */
        ALLOW
    }

    /** What an order is answered with. */
    public enum Replies {
        /** ACK. */
        ACKNOWLEDGEMENT,
        /** ORR, ORG or ORI. */
        ORDER_RESPONSE
    }
}
