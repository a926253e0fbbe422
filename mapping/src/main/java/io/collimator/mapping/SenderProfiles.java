package io.collimator.mapping;

import io.collimator.hl7.message.Hl7Headers;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The profiles of {@code mapping/senders.yaml}; there is always one named {@code default}. Immutable. */
public final class SenderProfiles {

    private final Map<String, SenderProfile> profiles = new LinkedHashMap<>();
    private final List<Choice> choices;

    private record Choice(SenderProfile.Match match, SenderProfile profile) {}

    SenderProfiles(List<SenderProfile> named) {
        named.forEach(profile -> profiles.put(profile.name(), profile));
        profiles.putIfAbsent(SenderProfile.DEFAULT, SenderProfile.standard(SenderProfile.DEFAULT));
        this.choices = named.stream()
                .flatMap(profile -> profile.matches().stream().map(match -> new Choice(match, profile)))
                .sorted(Comparator.comparingInt(
                                (Choice choice) -> choice.match().weight())
                        .reversed())
                .toList();
    }

    /**
     * The profile for a message: the one whose match says most, the port before MSH-3, MSH-3 before MSH-4; else
     * {@code default}.
     *
     * @param localPort the port that received it, 0 when none did
     */
    public SenderProfile pick(int localPort, Hl7Headers headers) {
        String application = namespace(headers, 3);
        String facility = namespace(headers, 4);
        for (Choice choice : choices) {
            if (choice.match().fits(localPort, application, facility)) {
                return choice.profile();
            }
        }
        return standard();
    }

    private static String namespace(Hl7Headers headers, int field) {
        String sent = headers.field(field);
        int end = sent.indexOf(headers.encodingCharacters().charAt(0));
        return (end < 0 ? sent : sent.substring(0, end)).strip();
    }

    /** The profile of this name, {@code default} when there is none. */
    public SenderProfile named(String name) {
        return find(name).orElseGet(this::standard);
    }

    public Optional<SenderProfile> find(String name) {
        return Optional.ofNullable(profiles.get(name));
    }

    public SenderProfile standard() {
        return find(SenderProfile.DEFAULT).orElseThrow();
    }

    /** In the order of the file. */
    public List<SenderProfile> all() {
        return List.copyOf(profiles.values());
    }
}
