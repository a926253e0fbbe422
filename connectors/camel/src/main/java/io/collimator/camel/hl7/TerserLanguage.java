package io.collimator.camel.hl7;

import io.collimator.hl7.message.FieldPath;
import io.collimator.hl7.message.Hl7Limits;
import io.collimator.hl7.message.Hl7Message;
import io.collimator.hl7.message.ReadingSettings;
import io.collimator.hl7.message.ReadingSettings.Undecodable;
import io.collimator.hl7.outcome.Hl7RejectedException;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.apache.camel.Predicate;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.ExpressionToPredicateAdapter;
import org.apache.camel.support.LanguageSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code hl7terser}: a field of the HL7 message in the body, as text; null where it holds nothing, and of a body that is no
 * message. In place of the language of that name in camel-hl7, which fails a route for what its parser does not like.
 */
final class TerserLanguage extends LanguageSupport {

    static final String NAME = "hl7terser";

    private static final Logger LOG = LoggerFactory.getLogger(TerserLanguage.class);

    private final ReadingSettings reading;
    private final int maxBytes;

    TerserLanguage(MllpTransportSettings settings) {
        this.reading = new ReadingSettings(settings.characterSet(), Undecodable.FALL_BACK, Hl7Limits.DEFAULT);
        this.maxBytes = settings.framing().maxFrameBytes();
    }

    @Override
    public Predicate createPredicate(String path) {
        return ExpressionToPredicateAdapter.toPredicate(createExpression(path));
    }

    @Override
    public Expression createExpression(String text) {
        FieldPath path = FieldPath.parse(text)
                .orElseThrow(() -> new ExpressionIllegalSyntaxException(
                        text, new IllegalArgumentException("This is no path of a field, such as OBR-24 or PID-3-4.")));
        return new ExpressionAdapter() {
            @Override
            public @Nullable Object evaluate(Exchange exchange) {
                return message(exchange).flatMap(path::in).orElse(null);
            }

            @Override
            public String toString() {
                return NAME + "[" + text + "]";
            }
        };
    }

    private Optional<Hl7Message> message(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        byte[] content = body instanceof byte[] bytes
                ? bytes
                : body instanceof String text && text.length() <= maxBytes ? OutboundText.bytes(text) : new byte[0];
        if (content.length == 0 || content.length > maxBytes) {
            return Optional.empty();
        }
        try {
            return Optional.of(Hl7Message.parse(content, reading));
        } catch (Hl7RejectedException unreadable) {
            LOG.debug("The body of {} is no HL7 message: {}", exchange.getFromRouteId(), unreadable.getMessage());
            return Optional.empty();
        }
    }
}
