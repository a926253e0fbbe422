package io.collimator.dicom.codec;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Element;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.data.Value;
import io.collimator.dicom.data.Vr;
import io.collimator.dicom.dictionary.Dictionary;
import io.collimator.dicom.dictionary.Tags;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;

/** Data sets that both syntaxes hold without loss, the same ones for the same seed. */
public final class RandomDataSets {

    /** A declaration and characters that it has. */
    private record Repertoire(List<String> terms, String alphabet) {

        static Repertoire of(String declared, String characters) {
            return new Repertoire(List.of(declared.split("\\\\", -1)), ASCII + characters);
        }
    }

    private static final String ASCII = "ABCXYZ abcxyz 0123456789.,-+*?'()";
    private static final List<Repertoire> REPERTOIRES = List.of(
            Repertoire.of("ISO_IR 100", "äöüßéÅø"),
            Repertoire.of("ISO_IR 192", "äöüŁź山田Жλ€\uD83D\uDE00"),
            Repertoire.of("ISO_IR 144", "ЖЛюк"),
            Repertoire.of("ISO_IR 13", "ﾔﾏﾀﾞ"),
            Repertoire.of("ISO_IR 166", "นามส"),
            Repertoire.of("GB18030", "小东乗€"),
            Repertoire.of("GBK", "小东乗"),
            Repertoire.of("\\ISO 2022 IR 87\\ISO 2022 IR 159", "山田まロ丂"),
            Repertoire.of("ISO 2022 IR 13\\ISO 2022 IR 87", "ﾔﾏ山田ま"),
            Repertoire.of("\\ISO 2022 IR 149", "홍길동洪"),
            Repertoire.of("\\ISO 2022 IR 58", "张小东"),
            Repertoire.of("ISO 2022 IR 100\\ISO 2022 IR 126\\ISO 2022 IR 144", "éΔιЖ"));
    private static final List<Tag> TAGS = tags();

    private final Random random;

    public RandomDataSets(long seed) {
        this.random = new Random(seed);
    }

    public DataSet next() {
        return dataSet(ASCII, 0);
    }

    private DataSet dataSet(String inherited, int depth) {
        DataSet.Builder builder = Dictionary.dataSet();
        String alphabet = inherited;
        if (random.nextInt(depth == 0 ? 2 : 5) == 0) {
            Repertoire chosen = REPERTOIRES.get(random.nextInt(REPERTOIRES.size()));
            builder.put(new Element(Tags.SpecificCharacterSet, Vr.CS, new Value.Text(chosen.terms())));
            alphabet = chosen.alphabet();
        }
        int size = random.nextInt(depth == 0 ? 25 : 6);
        for (int i = 0; i < size; i++) {
            builder.put(element(TAGS.get(random.nextInt(TAGS.size())), alphabet, depth));
        }
        if (random.nextInt(4) == 0) {
            builder.put(Tag.of(0x0029, 0x0010), "ACME");
            builder.put(element(Tag.of(0x0029, 0x1000 + random.nextInt(256)), alphabet, depth));
        }
        return builder.build();
    }

    private Element element(Tag tag, String alphabet, int depth) {
        Vr vr = Dictionary.vrOf(tag);
        Value value = switch (vr.kind()) {
            case TEXT -> text(vr, vr.isCharacterSetAffected() ? alphabet : ASCII);
            case INTEGERS -> new Value.Integers(some(() -> integer(vr)));
            case REALS -> new Value.Reals(some(() -> real(vr)));
            case TAGS -> new Value.Tags(some(() -> new Tag(random.nextInt())));
            case BYTES -> new Value.Bytes(bytes(2 * random.nextInt(10)));
            case ITEMS -> new Value.Items(depth < 3 ? some(() -> dataSet(alphabet, depth + 1)) : List.of());
        };
        return new Element(tag, vr, value);
    }

    private Value text(Vr vr, String alphabet) {
        List<String> values = vr.isMultiValued() ? some(() -> word(alphabet)) : List.of(word(alphabet));
        return new Value.Text(values.equals(List.of("")) ? List.of() : values);
    }

    /** Neither starts nor ends with a space, which is padding. */
    private String word(String alphabet) {
        int[] characters = alphabet.codePoints().toArray();
        StringBuilder word = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            word.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return word.toString().strip();
    }

    private Long integer(Vr vr) {
        return switch (vr) {
            case US -> (long) random.nextInt(0x1_0000);
            case SS -> (long) (short) random.nextInt();
            case UL -> random.nextInt() & 0xFFFF_FFFFL;
            case SL -> (long) random.nextInt();
            default -> random.nextLong();
        };
    }

    private Double real(Vr vr) {
        return vr == Vr.FL ? (double) random.nextFloat() : random.nextGaussian();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> List<T> some(Supplier<T> next) {
        List<T> values = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            values.add(next.get());
        }
        return values;
    }

    private static List<Tag> tags() {
        try (InputStream table = Objects.requireNonNull(
                Dictionary.class.getResourceAsStream("data-elements.csv"), "data-elements.csv")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.substring(0, 8))
                    .filter(tag -> tag.indexOf('x') < 0)
                    .map(Tag::parse)
                    .filter(tag -> tag.group() != 0xFFFE && !tag.isGroupLength())
                    .filter(tag -> !tag.equals(Tags.SpecificCharacterSet))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
