package io.collimator.mapping;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts who gave the numbers into what the rules made: as the table of authorities and the site's defaults have it. */
record IssuerSettling(Definition definition, SenderAuthorities authorities) {

    static IssuerSettling of(Definition definition, SenderAuthorities authorities) {
        return new IssuerSettling(definition, authorities);
    }

    /** Returns why attributes are other than their rules made them, by the rule's place in the definition. */
    SortedMap<Integer, Explanation> settle(AttributeTree attributes, AttributeTree defaults) {
        SortedMap<Integer, Explanation> explained = new TreeMap<>();
        DataSet made = attributes.build();
        SenderAuthorities.Settled settled = authorities.settled(made);
        settled.reasons().forEach((tag, reason) -> {
            Optional<Element> issuer = settled.attributes().get(tag);
            if (!issuer.equals(made.get(tag))) {
                attributes.set(tag, issuer);
                issuer.filter(element -> !reason.isEmpty())
                        .ifPresent(element -> explain(tag, element, reason, explained));
            }
        });
        authorities
                .ofAccessionThatStandsIn(made, defaults.build())
                .ifPresent(issuer -> defaults.set(issuer.tag(), Optional.of(issuer)));
        return explained;
    }

    private void explain(Tag tag, Element issuer, String reason, SortedMap<Integer, Explanation> explained) {
        List<Rule> rules = definition.rules();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).target().isTopLevel(tag)) {
                Outcome outcome = new Outcome(
                        Produced.of(issuer),
                        Optional.of(new Source.Authority(reason)),
                        List.of(),
                        "",
                        Optional.empty());
                explained.put(i, new Explanation(rules.get(i), outcome, false));
                return;
            }
        }
    }
}
