package io.collimator.engine.config;

import io.collimator.dicom.service.UserIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code userIdentity} of a peer. No message of it shows a value that may be a secret. */
final class PeerUserReader {

    private static final String TYPES = "types";
    private static final String USERNAME = "username";
    private static final String PASSCODE_FILE = "passcodeFile";
    private static final int MAX_PASSCODE_BYTES = 4_096;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private final Home home;
    private final YamlMap entry;

    PeerUserReader(Home home, YamlMap entry) {
        this.home = home;
        this.entry = entry;
    }

    PeerUser read() {
        entry.allow(Set.of("optional", TYPES, USERNAME, PASSCODE_FILE));
        Set<UserIdentity.Type> types = types();
        String username = entry.text(USERNAME);
        String file = entry.text(PASSCODE_FILE);
        if (!username.isEmpty()
                && !types.contains(UserIdentity.Type.USERNAME)
                && !types.contains(UserIdentity.Type.USERNAME_AND_PASSCODE)) {
            entry.report(USERNAME, "", "is of no use with these types; add username-and-passcode, or leave it out.");
        }
        if (!file.isEmpty() && !types.equals(EnumSet.of(UserIdentity.Type.USERNAME_AND_PASSCODE))) {
            entry.report(
                    PASSCODE_FILE,
                    "",
                    "needs types: [username-and-passcode] and no other: with another type nobody would ask for the passcode.");
        }
        boolean optional = entry.flag("optional");
        if (optional && !file.isEmpty()) {
            entry.report(
                    "optional",
                    "true",
                    "makes the passcode of no use: who names nobody is let in. Leave one of them out.");
        }
        return types.isEmpty() ? PeerUser.ANY : new PeerUser(optional, types, username, passcode(file));
    }

    private Set<UserIdentity.Type> types() {
        Set<UserIdentity.Type> types = EnumSet.noneOf(UserIdentity.Type.class);
        for (String name : entry.texts(TYPES)) {
            Optional<UserIdentity.Type> type = Arrays.stream(UserIdentity.Type.values())
                    .filter(known -> PeerUser.nameOf(known).equals(name))
                    .findFirst();
            type.ifPresentOrElse(types::add, () -> entry.report(TYPES, name, expected()));
        }
        if (types.isEmpty() && entry.texts(TYPES).isEmpty()) {
            entry.report(TYPES, "", expected());
        }
        return types;
    }

    private static String expected() {
        return "is no list of user identity types; expected of %s."
                .formatted(Arrays.stream(UserIdentity.Type.values())
                        .map(PeerUser::nameOf)
                        .collect(Collectors.joining(", ")));
    }

    private @Nullable String passcode(String name) {
        if (name.isEmpty()) {
            return null;
        }
        Path file = home.root().resolve(name);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_PASSCODE_BYTES) {
                entry.report(
                        PASSCODE_FILE,
                        "",
                        "names no file of at most 4096 bytes; name one that holds the passcode alone.");
                return null;
            }
            if (DataFolder.isPosix(file) && isOpenToOthers(file)) {
                entry.report(PASSCODE_FILE, "", "names a file that others may read or change; make it mode 0600.");
                return null;
            }
            String passcode = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (passcode.isEmpty()) {
                entry.report(PASSCODE_FILE, "", "names an empty file; write the passcode into it.");
                return null;
            }
            return passcode;
        } catch (IOException e) {
            entry.report(PASSCODE_FILE, "", "names a file that cannot be read as UTF-8; correct its owner or content.");
            return null;
        }
    }

    private static boolean isOpenToOthers(Path file) throws IOException {
        return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    }
}
