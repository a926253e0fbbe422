package io.collimator.engine.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.engine.console.Request.BadRequestException;
import io.collimator.engine.messaging.AuthorityJson;
import io.collimator.workflow.accession.AccessionReference;
import io.collimator.workflow.order.AccessionNumber;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Accessions as requests name them: a number in the path, and {@code issuer} where several systems gave it. */
final class NamedAccessions {

    private final UnaryOperator<AssigningAuthority> authorities;

    /** @param authorities the stored form of an authority that a person names */
    NamedAccessions(UnaryOperator<AssigningAuthority> authorities) {
        this.authorities = authorities;
    }

    /**
     * What a request means.
     *
     * @param encoded the number, percent-encoded
     * @throws BadRequestException when the issuer is none
     */
    Optional<AccessionReference> of(String encoded, Request request) {
        return of(Request.decode(encoded), request.parameter("issuer").orElse(null));
    }

    /**
     * What a person means.
     *
     * @param issuer null when nothing is said of it
     * @throws BadRequestException when the issuer is none
     */
    Optional<AccessionReference> of(String number, @Nullable String issuer) {
        return AccessionNumber.parse(number)
                .map(parsed -> new AccessionReference(parsed.value(), issuer == null ? null : key(issuer)));
    }

    private String key(String issuer) {
        if (issuer.isBlank()) {
            return "";
        }
        return AssigningAuthority.parse(issuer)
                .map(authorities)
                .map(AssigningAuthority::key)
                .orElseThrow(
                        () -> new BadRequestException(
                                "The parameter issuer is no assigning authority; write NORTH, NORTH&1.2.3&ISO or &1.2.3&ISO, percent-encoded, or nothing for a number without one."));
    }

    static Reply several(List<AccessionNumber> choices, String path) {
        ObjectNode problem = Reply.problemBody(
                300,
                "%d systems gave this accession number; name one of them with issuer.".formatted(choices.size()),
                path);
        ArrayNode listed = problem.putArray("choices");
        choices.forEach(choice -> listed.addObject()
                .put("accessionNumber", choice.value())
                .<ObjectNode>set("issuer", AuthorityJson.of(choice.authority()))
                .put("parameter", choice.issuer() == null ? "" : choice.issuer()));
        return Reply.problem(300, problem);
    }
}
