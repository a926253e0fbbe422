package io.collimator.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.collimator.dicom.data.Uid;
import io.collimator.dicom.net.Dcmtk.Run;
import io.collimator.dicom.service.StoredInstance;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import javax.imageio.ImageIO;

/** Files of study 1.2.3 that DCMTK makes, and what is in files that it wrote. */
final class DcmtkFiles {

    private static final int FILE_META_START = 132;
    private static final int GROUP_LENGTH_ELEMENT = 12;

    private final Dcmtk dcmtk;
    private final Path directory;

    DcmtkFiles(Dcmtk dcmtk, Path directory) {
        this.dcmtk = dcmtk;
        this.directory = directory;
    }

    /** A CT image without pixels; the option of dump2dcm says in which transfer syntax. */
    Path ctImage(String instance, String syntaxOption) {
        return file(instance, syntaxOption, """
                (0008,0016) UI [1.2.840.10008.5.1.4.1.1.2]
                (0008,0018) UI [%s]
                (0008,0020) DA [20260101]
                (0008,0030) TM [120000]
                (0008,0050) SH [A1]
                (0008,0060) CS [CT]
                (0010,0010) PN [TEST^PEER]
                (0010,0020) LO [PEER1]
                (0020,000d) UI [1.2.3]
                (0020,000e) UI [1.2.3.1]
                (0020,0010) SH [S1]
                """.formatted(instance));
    }

    /** A file of what a dump says, in the form of dump2dcm. */
    Path file(String name, String syntaxOption, String dump) {
        Path text = write(name + ".dump", dump);
        Path file = directory.resolve(name + ".dcm");
        Run made = dcmtk.run("dump2dcm", List.of(syntaxOption, text.toString(), file.toString()));
        assertThat(made.exitCode()).as(made.output()).isZero();
        return file;
    }

    /** A secondary capture in JPEG, as a file of DCMTK. */
    Path jpegImage(String instance) throws IOException {
        Path jpeg = directory.resolve("image.jpg");
        Path file = directory.resolve("image.dcm");
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY), "jpg", jpeg.toFile());
        Run made = dcmtk.run(
                "img2dcm",
                List.of(
                        "-k",
                        "SOPInstanceUID=" + instance,
                        "-k",
                        "StudyInstanceUID=1.2.3",
                        "-k",
                        "PatientID=PEER1",
                        jpeg.toString(),
                        file.toString()));
        assertThat(made.exitCode()).as(made.output()).isZero();
        return file;
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path newFolder(String name) {
        try {
            return Files.createDirectory(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> filesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What follows the file meta information (PS3.10 §7.1). */
    static byte[] dataSetOf(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        int metaLength = ByteBuffer.wrap(content)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt(FILE_META_START + GROUP_LENGTH_ELEMENT - 4);
        return Arrays.copyOfRange(content, FILE_META_START + GROUP_LENGTH_ELEMENT + metaLength, content.length);
    }

    /** The bytes after decompression: DCMTK compresses anew what it sends. */
    static byte[] inflated(byte[] dataSet) throws IOException {
        return new InflaterInputStream(new ByteArrayInputStream(dataSet), new Inflater(true)).readAllBytes();
    }

    static StoredInstance stored(Uid sopClass, String instance, Uid syntax, Path file) throws IOException {
        return StoredInstance.of(sopClass, new Uid(instance), syntax, dataSetOf(file));
    }
}
