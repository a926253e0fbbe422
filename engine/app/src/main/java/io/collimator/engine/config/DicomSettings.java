package io.collimator.engine.config;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.data.AeTitle;
import io.collimator.dicom.service.DicomLimits;
import io.collimator.dicom.service.DicomProviderFactory;
import io.collimator.dicom.service.NegotiationLimits;
import io.collimator.dicom.service.PeerLimits;
import io.collimator.engine.config.SettingsReader.Range;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The DICOM listener and our own associations.
 *
 * @param aeTitle ours, also when we call
 * @param titles which titles are one another's
 * @param provider makes what speaks DICOM
 */
public record DicomSettings(
        String bindAddress,
        int port,
        AeTitle aeTitle,
        AeTitleRules titles,
        DicomProviderFactory provider,
        DicomLimits limits) {

    static DicomSettings read(SettingsReader in) {
        in.section("DICOM");
        return new DicomSettings(
                in.parsed(
                        "collimator.dicom.bind-address",
                        "127.0.0.1",
                        Addresses.HOST,
                        Addresses::host,
                        "Address that the DICOM listener binds."),
                in.port("collimator.dicom.port", 11_112, "Port of the DICOM listener."),
                in.parsed(
                        "collimator.dicom.ae-title",
                        "COLLIMATOR",
                        ArchiveSettings.FORM,
                        DicomSettings::ownTitle,
                        "Our AE title; an association that calls another one is rejected 1/1/7."),
                titles(in),
                in.parsed(
                        "collimator.dicom.provider",
                        "net",
                        "net, or dcm4che in a build with -Pdcm4che (docs/how-to/use-dcm4che.md)",
                        DicomSettings::provider,
                        "What speaks DICOM: net is our own, dcm4che is dcm4che-net."),
                limits(in));
    }

    /** Blanks may stand in one title; with commas aliases are meant, which have a key of their own. */
    private static Optional<AeTitle> ownTitle(String text) {
        return AeTitle.parse(text)
                .filter(title -> !title.value().matches(".*[,;|\\[\\]].*")
                        || !OneValue.isList(text, part -> AeTitle.parse(part).isPresent()));
    }

    private static AeTitleRules titles(SettingsReader in) {
        return new AeTitleRules(
                in.parsed(
                        "collimator.dicom.ae-title-aliases",
                        "",
                        "AE titles, with commas between them",
                        AeTitleRules::titles,
                        "More titles that peers may call us by; we call by collimator.dicom.ae-title."),
                in.parsed(
                        "collimator.dicom.ae-title-case-sensitive",
                        "true",
                        "true or false",
                        SettingsReader::yesOrNo,
                        "Whether called and calling AE titles that differ in case only are different ones; Scheduled Station AE Titles never are."));
    }

    /** Those whose module is there. */
    private static Optional<DicomProviderFactory> provider(String name) {
        return ServiceLoader.load(DicomProviderFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(factory -> factory.name().equals(name))
                .findFirst();
    }

    private static DicomLimits limits(SettingsReader in) {
        DicomLimits defaults = DicomLimits.defaults();
        return new DicomLimits(
                peer(in, defaults.peer()),
                negotiation(in, defaults.negotiation()),
                in.integer(
                        "collimator.dicom.max-associations",
                        defaults.maxAssociations(),
                        new Range(1, 10_000, "associations"),
                        "Associations at one time; one more is rejected 2/3/2."),
                in.integer(
                        "collimator.dicom.max-pending-connections",
                        defaults.maxPendingConnections(),
                        new Range(256, 10_000, "connections"),
                        "Connections that have not finished negotiation; the oldest is closed for a new one."),
                in.duration(
                        "collimator.dicom.artim-timeout-seconds",
                        (int) defaults.artim().toSeconds(),
                        600,
                        "Time for a peer to ask for an association, and to close a connection (ARTIM, PS3.8 §9.1.5)."),
                in.duration(
                        "collimator.dicom.request-timeout-seconds",
                        (int) defaults.request().toSeconds(),
                        600,
                        "How long we wait for a peer to accept or reject the association that we request."),
                in.duration(
                        "collimator.dicom.idle-timeout-seconds",
                        (int) defaults.idle().toSeconds(),
                        86_400,
                        "An association without traffic and without work is aborted after this time."),
                in.duration(
                        "collimator.dicom.response-timeout-seconds",
                        (int) defaults.response().toSeconds(),
                        3_600,
                        "How long we wait for a DIMSE response."),
                in.duration(
                        "collimator.dicom.move-timeout-seconds",
                        (int) defaults.move().toSeconds(),
                        86_400,
                        "How long we wait for the next response to a C-MOVE, whose sub-operations go elsewhere; an archive need not send any before the last (PS3.4 §C.4.2)."),
                in.duration(
                        "collimator.dicom.release-timeout-seconds",
                        (int) defaults.release().toSeconds(),
                        600,
                        "How long we wait for a peer to agree to a release; then the association is aborted."),
                in.duration(
                        "collimator.dicom.connect-timeout-seconds",
                        (int) defaults.connect().toSeconds(),
                        300,
                        "How long a TCP connect to a peer may take."),
                in.duration(
                        "collimator.dicom.drain-timeout-seconds",
                        (int) defaults.drain().toSeconds(),
                        300,
                        "How long closing waits for requests in flight."),
                in.integer(
                        "collimator.dicom.handler-threads",
                        defaults.handlerThreads(),
                        new Range(1, 1_024, "threads"),
                        "Threads that answer requests. One calling AE title has three quarters of them at most."),
                in.integer(
                        "collimator.dicom.handler-queue",
                        defaults.handlerQueue(),
                        new Range(1, 100_000, "requests"),
                        "Requests that may wait for a thread; one more is answered that we are out of resources."),
                codec(in, defaults.codec()));
    }

    private static PeerLimits peer(SettingsReader in, PeerLimits defaults) {
        return new PeerLimits(
                in.integer(
                        "collimator.dicom.max-associations-per-peer",
                        defaults.maxAssociations(),
                        new Range(1, 10_000, "associations"),
                        "Associations of one calling AE title at one time; one more is rejected 2/3/2."),
                in.integer(
                        "collimator.dicom.max-pdu-length-bytes",
                        defaults.maxPduLengthBytes(),
                        new Range(4_096, 1_048_576, "bytes"),
                        "Longest P-DATA-TF that we accept; declared to the peer."),
                in.integer(
                        "collimator.dicom.max-operations-invoked",
                        defaults.maxOperationsInvoked(),
                        new Range(1, 1_024, "requests"),
                        "Requests of ours that may be outstanding on an association, when the peer agrees to it."),
                in.integer(
                        "collimator.dicom.max-operations-performed",
                        defaults.maxOperationsPerformed(),
                        new Range(1, 1_024, "requests"),
                        "Requests of a peer that may be outstanding on an association, when it asks for it."));
    }

    private static NegotiationLimits negotiation(SettingsReader in, NegotiationLimits defaults) {
        return new NegotiationLimits(
                in.integer(
                        "collimator.dicom.max-association-pdu-length-bytes",
                        defaults.maxPduLengthBytes(),
                        new Range(4_096, 1_048_576, "bytes"),
                        "Longest request for an association that we read, or answer to ours."),
                in.integer(
                        "collimator.dicom.max-presentation-contexts",
                        defaults.maxPresentationContexts(),
                        new Range(1, 128, "contexts"),
                        "Presentation contexts of a request that we look at; those beyond are rejected."),
                in.integer(
                        "collimator.dicom.max-transfer-syntaxes",
                        defaults.maxTransferSyntaxes(),
                        new Range(1, 1_024, "transfer syntaxes"),
                        "Transfer syntaxes of a presentation context; one with more is rejected."));
    }

    private static CodecLimits codec(SettingsReader in, CodecLimits defaults) {
        return new CodecLimits(
                in.integer(
                        "collimator.dicom.max-data-set-bytes",
                        defaults.maxBytes(),
                        new Range(65_536, 268_435_456, "bytes"),
                        "Largest data set that we accept."),
                in.integer(
                        "collimator.dicom.max-sequence-levels",
                        defaults.maxDepth(),
                        new Range(4, 64, "levels"),
                        "Sequences within sequences of a data set that we accept."),
                in.integer(
                        "collimator.dicom.max-data-set-elements",
                        defaults.maxElements(),
                        new Range(1_000, 10_000_000, "elements"),
                        "Elements of a data set that we accept, those of items included."),
                in.integer(
                        "collimator.dicom.max-data-set-items",
                        defaults.maxItems(),
                        new Range(1_000, 1_000_000, "items"),
                        "Sequence items of a data set that we accept."),
                in.integer(
                        "collimator.dicom.max-value-bytes",
                        defaults.maxValueBytes(),
                        new Range(65_536, 268_435_456, "bytes"),
                        "Longest value of an element that we accept; stored objects pass through and are not looked at."),
                in.integer(
                        "collimator.dicom.max-inflation-factor",
                        defaults.maxInflation(),
                        new Range(10, 1_000, "times"),
                        "How many times its size a deflated data set over 1 MiB may become; one that becomes more is taken for an attack."));
    }
}
