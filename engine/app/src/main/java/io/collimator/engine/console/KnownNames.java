package io.collimator.engine.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.engine.console.Request.BadRequestException;
import io.collimator.mapping.EditDistance;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters and members that each resource of the API knows. Any other one is refused: a misspelt filter that counted
 * for nothing would answer a question that nobody asked.
 */
final class KnownNames {

    private static final String NUMBER = "[^/]+";
    private static final Set<String> PAGES = Set.of("limit", "after");
    private static final String ISSUER = "issuer";

    /** The members of an assigning authority, where it is an object. */
    private static final Set<String> AUTHORITY = Set.of("namespace", "universalId", "type");

    /**
     * What one resource knows.
     *
     * @param members of a body; none for a resource that is only read
     */
    private record Known(Pattern path, Set<String> parameters, Set<String> members) {

        static Known of(String path, Set<String> parameters, String... members) {
            return new Known(Pattern.compile(path), parameters, Set.of(members));
        }
    }

    private static final List<Known> RESOURCES = List.of(
            Known.of("/api/accessions/" + NUMBER, Set.of(ISSUER)),
            Known.of("/api/accessions/" + NUMBER + "/stations", Set.of(ISSUER), "step", "stations", "anyway"),
            Known.of("/api/application-entities", PAGES),
            Known.of("/api/application-entities/" + NUMBER + "/echo", Set.of()),
            Known.of("/api/exceptions", PAGES),
            Known.of(
                    "/api/worklist",
                    Set.of("limit", "after", "patientId", "accessionNumber", ISSUER, "station", "modality", "date")),
            Known.of("/api/mapping", Set.of(), "files", "comment", "dryRun"),
            Known.of("/api/mapping/rollback", Set.of(), "to", "comment", "dryRun"),
            Known.of("/api/mapping/compare", Set.of(), "files", "last"),
            Known.of("/api/mapping/versions", PAGES),
            Known.of("/api/mapping/versions/" + NUMBER, Set.of()),
            Known.of("/api/patients/(?:unmerge|authority)", Set.of(), "id", ISSUER),
            Known.of("/api/out", Set.of()),
            Known.of("/api/out/" + NUMBER + "/(?:pause|resume)", Set.of()),
            Known.of("/api/out/" + NUMBER + "/park", Set.of(), "accessionNumber"),
            Known.of("/api/out/" + NUMBER + "/retry", Set.of(), "accessionNumber", "deadLetters"),
            Known.of("/api/out/" + NUMBER + "/drop", Set.of(), "accessionNumber", "deadLetters", "reason"),
            Known.of("/api/out/(?:" + NUMBER + "/)?refill", Set.of(), "accessionNumber", ISSUER, "anyway"));

    private KnownNames() {}

    /** @throws BadRequestException for a parameter that the resource does not know, or one that is there twice */
    static void checkParameters(Request request) {
        Known known = known(request.path());
        String query = request.query();
        if (known == null || query == null) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (String pair : query.split("&", -1)) {
            String name = Request.decode(pair.split("=", 2)[0].replace('+', ' '));
            if (!pair.isEmpty() && !known.parameters().contains(name)) {
                throw unknown("parameter", name, known.parameters());
            }
            if (!pair.isEmpty() && !seen.add(name)) {
                throw new BadRequestException("The parameter %s is there twice; send one.".formatted(name));
            }
        }
    }

    /** @throws BadRequestException for a member of the body that the resource does not know */
    static void checkMembers(Request request) {
        Known known = known(request.path());
        if (known == null || request.body().content().length == 0) {
            return;
        }
        JsonNode body = request.json();
        body.fieldNames().forEachRemaining(name -> {
            if (!known.members().contains(name)) {
                throw unknown("member", name, known.members());
            }
        });
        body.path(ISSUER).fieldNames().forEachRemaining(name -> {
            if (!AUTHORITY.contains(name)) {
                throw unknown("member issuer.", name, AUTHORITY);
            }
        });
    }

    private static @Nullable Known known(String path) {
        return RESOURCES.stream()
                .filter(resource -> resource.path().matcher(path).matches())
                .findFirst()
                .orElse(null);
    }

    private static BadRequestException unknown(String kind, String name, Set<String> known) {
        String shown = name.replaceAll("\\p{Cntrl}", "?");
        return new BadRequestException("There is no %s%s\"%s\" here.%s%s"
                .formatted(
                        kind,
                        kind.endsWith(".") ? "" : " ",
                        shown.length() > 60 ? shown.substring(0, 60) + "…" : shown,
                        EditDistance.nearest(known, name)
                                .map(near -> " Did you mean %s?".formatted(near))
                                .orElse(""),
                        known.isEmpty()
                                ? " None is known."
                                : " There are: %s.".formatted(String.join(", ", new TreeSet<>(known)))));
    }
}
