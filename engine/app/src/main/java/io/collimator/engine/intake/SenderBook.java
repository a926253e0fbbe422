package io.collimator.engine.intake;

import io.collimator.hl7.message.Hl7Headers;
import io.collimator.mapping.MappingSet;
import io.collimator.mapping.SenderProfile;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The terms of every sender of one mapping. */
record SenderBook(MappingSet mapping, Map<String, SenderTerms> terms) {

    SenderBook {
        terms = Map.copyOf(terms);
    }

    static SenderBook of(MappingSet mapping, EngineTerms engine) {
        return new SenderBook(
                mapping,
                mapping.senders().all().stream()
                        .map(profile -> SenderTerms.of(profile, engine))
                        .collect(Collectors.toMap(SenderTerms::name, Function.identity())));
    }

    SenderTerms pick(int localPort, Hl7Headers headers) {
        SenderProfile profile = mapping.senders().pick(localPort, headers);
        SenderTerms found = terms.get(profile.name());
        if (found == null) {
            throw new IllegalStateException("Sender profile " + profile.name() + " has no terms.");
        }
        return found;
    }
}
