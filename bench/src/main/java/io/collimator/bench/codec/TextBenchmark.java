package io.collimator.bench.codec;

import io.collimator.dicom.charset.DecodedText;
import io.collimator.dicom.charset.SpecificCharacterSet;
import io.collimator.dicom.data.Vr;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A patient's name in the character sets of DICOM, beside a java.nio charset that reads and writes the same bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TextBenchmark {

    /** A character set, the charset beside it, and a name that it has. */
    public enum Name {
        LATIN_1(List.of("ISO_IR 100"), "ISO-8859-1", "Lindqvist^Åsa^Märta"),
        UTF_8(List.of("ISO_IR 192"), "UTF-8", "Yamada^Tarou=山田^太郎=やまだ^たろう"),
        ISO_2022_JAPANESE(List.of("", "ISO 2022 IR 87"), "ISO-2022-JP", "Yamada^Tarou=山田^太郎=やまだ^たろう");

        private final SpecificCharacterSet set;
        private final Charset charset;
        private final String text;

        Name(List<String> terms, String charset, String text) {
            this.set = SpecificCharacterSet.of(terms);
            this.charset = Charset.forName(charset);
            this.text = text;
        }
    }

    @Param
    public Name name = Name.LATIN_1;

    private byte[] bytes = new byte[0];

    @Setup
    public void encodeOnce() {
        bytes = name.set.encode(name.text, Vr.PN);
        if (!java().equals(name.text)) {
            throw new IllegalStateException("%s does not read what we wrote.".formatted(name.charset));
        }
    }

    @Benchmark
    public DecodedText decode() {
        return name.set.decode(bytes, Vr.PN);
    }

    @Benchmark
    public byte[] encode() {
        return name.set.encode(name.text, Vr.PN);
    }

    @Benchmark
    public String java() {
        return new String(bytes, name.charset);
    }

    @Benchmark
    public byte[] javaEncode() {
        return name.text.getBytes(name.charset);
    }
}
