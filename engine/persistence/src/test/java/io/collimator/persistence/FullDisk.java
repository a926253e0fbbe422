package io.collimator.persistence;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** {@code jdbc:h2:full:…}: a disk that takes no data while a file {@code FULL} lies beside the database. */
public final class FullDisk extends FilePathWrapper {

    /** H2 makes one for each path. */
    public FullDisk() {}

    /** Makes {@code full:} known to H2. */
    static void install() {
        FilePath.register(new FullDisk());
    }

    static void fill(Path folder) throws IOException {
        Files.createFile(folder.resolve("FULL"));
    }

    static void free(Path folder) throws IOException {
        Files.delete(folder.resolve("FULL"));
    }

    @Override
    public String getScheme() {
        return "full";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(getBase().open(mode));
    }

    @Override
    public OutputStream newOutputStream(boolean append) throws IOException {
        refuseWhenFull();
        return getBase().newOutputStream(append);
    }

    private void refuseWhenFull() throws IOException {
        if (Files.exists(Path.of(getBase().toString()).resolveSibling("FULL"))) {
            throw new IOException("No space left on device");
        }
    }

    private final class Channel extends FileBase {

        private final FileChannel file;

        Channel(FileChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            refuseWhenFull();
            return file.write(source);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            refuseWhenFull();
            return file.write(source, position);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return file.read(target);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            file.force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
