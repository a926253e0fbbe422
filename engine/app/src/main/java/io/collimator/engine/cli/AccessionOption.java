package io.collimator.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.collimator.engine.cli.remote.RemoteEngine;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The accession that a command is about. */
final class AccessionOption {

    @Parameters(index = "0", paramLabel = "ACCESSION", description = "Accession Number; case counts.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String number;

    @Option(
            names = "--issuer",
            paramLabel = "AUTHORITY",
            description = "Who gave the number, where several systems did: NORTH, NORTH&1.2.3&ISO, or \"\" for nobody.")
    private @Nullable String issuer;

    String number() {
        return number;
    }

    /** The path below {@code /api/accessions}, with what follows the number. */
    String path(String rest) {
        String path = "/api/accessions/" + encoded(number) + rest;
        return issuer == null ? path : path + "?issuer=" + encoded(issuer);
    }

    /** @throws CommandFailedException when the answer is not the one that is wanted */
    RemoteEngine.Answer require(RemoteEngine.Answer answer) {
        if (answer.status() == 300) {
            List<String> choices = new ArrayList<>();
            for (JsonNode choice : answer.json().path("choices")) {
                choices.add("--issuer \"" + choice.path("parameter").asText() + "\"");
            }
            throw new CommandFailedException("%s Choose: %s.".formatted(answer.detail(), String.join(", ", choices)));
        }
        EngineOption.accepted(answer);
        return answer;
    }

    /** Text as a part of a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
