package io.collimator.engine.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** Passwords: as set, else from a file of the data folder that is made at first start with mode 0600. */
public final class Secrets {

    private static final int BYTES = 24;

    private final SecureRandom random;

    public Secrets(SecureRandom random) {
        this.random = random;
    }

    /**
     * The password.
     *
     * @param configured taken when it is not empty
     * @throws ConfigurationException when the file cannot be read or made
     */
    public String resolve(String configured, Path file) {
        if (!configured.isEmpty()) {
            return configured;
        }
        try {
            if (!Files.exists(file)) {
                generate(file);
            }
            String secret = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (secret.isEmpty()) {
                throw unusable(file, "is empty; write a password into it or delete it.");
            }
            return secret;
        } catch (IOException e) {
            throw unusable(file, "cannot be read or made (%s); correct its owner.".formatted(e));
        }
    }

    private void generate(Path file) throws IOException {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        FileAttribute<?>[] ownerOnly = DataFolder.isPosix(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createFile(file, ownerOnly);
        } catch (FileAlreadyExistsException e) {
            throw unusable(file, "was made by someone else at this moment; start again.");
        }
        Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n");
    }

    private static ConfigurationException unusable(Path file, String why) {
        return new ConfigurationException(List.of(new Problem(file.toString(), 0, "", "", why)));
    }
}
