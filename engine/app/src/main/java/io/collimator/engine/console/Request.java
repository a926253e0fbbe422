package io.collimator.engine.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What we look at in a request.
 *
 * @param path as it was sent, percent-encoded
 * @param query as it was sent, null when there is none
 * @param body empty when there is none
 */
record Request(String method, String path, @Nullable String query, Caller caller, Body body) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Who asks.
     *
     * @param authorization the header, null when there is none
     */
    record Caller(@Nullable String authorization, InetAddress address) {

        /** Does not show the password. */
        @Override
        public String toString() {
            return "Caller[" + address + "]";
        }
    }

    /**
     * What was sent along.
     *
     * @param mediaType Content-Type without parameters, in lower case; "" when there is none
     */
    record Body(String mediaType, byte[] content) {

        static final Body NONE = new Body("", new byte[0]);

        static Body of(@Nullable String contentType, byte[] content) {
            String type = contentType == null ? "" : contentType.split(";", 2)[0];
            return new Body(type.strip().toLowerCase(Locale.ROOT), content);
        }

        boolean isJson() {
            return mediaType.equals("application/json");
        }
    }

    /** Without a body. */
    Request(String method, String path, @Nullable String query, Caller caller) {
        this(method, path, query, caller, Body.NONE);
    }

    /**
     * The body as a JSON object.
     *
     * @throws BadRequestException when it is none
     */
    JsonNode json() {
        try {
            JsonNode json = MAPPER.readTree(body.content());
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            throw new BadRequestException("The body is no JSON; send an object as UTF-8.");
        }
        throw new BadRequestException("The body is no JSON object; send one.");
    }

    /**
     * A member of a body that is true or false; false when it is not there.
     *
     * @throws BadRequestException when it is something else
     */
    static boolean flag(JsonNode body, String name) {
        JsonNode flag = body.path(name);
        if (!flag.isMissingNode() && !flag.isNull() && !flag.isBoolean()) {
            throw new BadRequestException("The member %s is true or false.".formatted(name));
        }
        return flag.asBoolean(false);
    }

    /**
     * A parameter that is a whole number.
     *
     * @throws BadRequestException when it is none, or out of the range
     */
    int number(String name, int standard, int min, int max) {
        Optional<String> text = parameter(name);
        if (text.isEmpty()) {
            return standard;
        }
        if (text.get().matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text.get());
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw new BadRequestException(
                "The parameter %s must be a whole number from %d to %d.".formatted(name, min, max));
    }

    /** The rest of the path after a prefix, when it is one segment; not decoded. */
    Optional<String> segmentAfter(String prefix) {
        if (!path.startsWith(prefix)) {
            return Optional.empty();
        }
        String rest = path.substring(prefix.length());
        return rest.isEmpty() || rest.indexOf('/') >= 0 ? Optional.empty() : Optional.of(rest);
    }

    /**
     * The first value of a parameter.
     *
     * @throws BadRequestException when it is not percent-encoded UTF-8
     */
    Optional<String> parameter(String name) {
        if (query == null) {
            return Optional.empty();
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals >= 0 && pair.substring(0, equals).equals(name)) {
                return Optional.of(decode(pair.substring(equals + 1).replace('+', ' ')));
            }
        }
        return Optional.empty();
    }

    /**
     * Percent-decodes (RFC 3986 §2.1), strictly.
     *
     * @throws BadRequestException when it is not percent-encoded UTF-8
     */
    static String decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c != '%') {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            } else if (i + 2 < encoded.length()
                    && Character.digit(encoded.charAt(i + 1), 16) >= 0
                    && Character.digit(encoded.charAt(i + 2), 16) >= 0) {
                bytes.write(Integer.parseInt(encoded.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                throw new BadRequestException("A % is not followed by two hexadecimal digits; encode it as %25.");
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadRequestException("The percent-encoded text is no UTF-8; encode it as UTF-8.");
        }
    }

    /** The request cannot be understood. */
    static final class BadRequestException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String advice;

        BadRequestException(String advice) {
            super(advice, null, false, false);
            this.advice = advice;
        }

        /** For whoever sent it. */
        String advice() {
            return advice;
        }
    }
}
