package io.collimator.mapping;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Conversions to numbers (PS3.5 §6.2, DS and IS); a value that is no number is left out with a warning. */
final class Numbers {

    private static final int OBX_UNITS = 6;
    private static final int DS_LENGTH = 16;

    private static final Map<String, BigDecimal> KILOGRAMS = Map.of(
            "kg", BigDecimal.ONE,
            "g", new BigDecimal("0.001"),
            "lb", new BigDecimal("0.45359237"),
            "lbs", new BigDecimal("0.45359237"),
            "[lb_av]", new BigDecimal("0.45359237"));

    private static final Map<String, BigDecimal> METRES = Map.of(
            "m", BigDecimal.ONE,
            "cm", new BigDecimal("0.01"),
            "mm", new BigDecimal("0.001"),
            "in", new BigDecimal("0.0254"),
            "[in_i]", new BigDecimal("0.0254"));

    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,9}(\\.\\d{0,12})?");

    private Numbers() {}

    static Produced integer(List<SourceValue> sources, RuleContext context) {
        return Produced.texts(
                sources.stream().map(source -> source.value().orEmpty().strip()).toList());
    }

    static Produced decimal(List<SourceValue> sources, RuleContext context) {
        return number(sources.get(0), context)
                .map(number -> Produced.text(written(number)))
                .orElseGet(Produced.Absent::new);
    }

    static Produced kilograms(List<SourceValue> sources, RuleContext context) {
        return withUnit(sources.get(0), KILOGRAMS, context);
    }

    static Produced metres(List<SourceValue> sources, RuleContext context) {
        return withUnit(sources.get(0), METRES, context);
    }

    private static Produced withUnit(SourceValue source, Map<String, BigDecimal> units, RuleContext context) {
        String unit = source.segment().value(OBX_UNITS).orEmpty().strip().toLowerCase(Locale.ROOT);
        BigDecimal factor = units.get(unit);
        if (factor == null) {
            context.warn(
                    MappingWarning.Kind.UNKNOWN_UNIT,
                    source,
                    "the unit in OBX-6 is none of %s; %s is left out."
                            .formatted(
                                    String.join(
                                            ", ",
                                            units.keySet().stream().sorted().toList()),
                                    context.target().keyword()));
            return new Produced.Absent();
        }
        return number(source, context)
                .map(number -> Produced.text(written(number.multiply(factor))))
                .orElseGet(Produced.Absent::new);
    }

    private static Optional<BigDecimal> number(SourceValue source, RuleContext context) {
        String text = source.value().orEmpty().strip().replace(',', '.');
        if (DECIMAL.matcher(text).matches()) {
            return Optional.of(new BigDecimal(text.endsWith(".") ? text + "0" : text));
        }
        context.warn(
                MappingWarning.Kind.UNREADABLE,
                source,
                "is no decimal number; %s is left out."
                        .formatted(context.target().keyword()));
        return Optional.empty();
    }

    /** As DS: at most 16 characters, no exponent, no needless zeros. */
    private static String written(BigDecimal number) {
        BigDecimal rounded = number.setScale(4, RoundingMode.HALF_UP).stripTrailingZeros();
        String text = rounded.toPlainString();
        return text.length() > DS_LENGTH ? text.substring(0, DS_LENGTH) : text;
    }
}
