package io.collimator.acceptance.peer;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the scripts of the peers and their node modules are. */
final class PeerFiles {

    private PeerFiles() {}

    static Path script(String name) {
        return root().resolve("engine/acceptance/src/test/peers").resolve(name);
    }

    /** The folder that bin/verify fills: {@code COLLIMATOR_PEERS}, else {@code .peers} in the checkout. */
    static Path nodeModules() {
        String configured = System.getenv("COLLIMATOR_PEERS");
        Path home = configured == null ? root().resolve(".peers") : Path.of(configured);
        Path modules = home.resolve("node_modules");
        if (!Files.isDirectory(modules.resolve("dcmjs-dimse"))) {
            throw new IllegalStateException(
                    "dcmjs-dimse is not in " + modules + "; run bin/verify, which installs it.");
        }
        return modules;
    }

    /** A tool on the path, or in the folder that Debian keeps off the path of users. */
    static String tool(String name, String debianPackage) {
        for (String folder : (System.getenv("PATH") + ":/usr/sbin").split(":", -1)) {
            Path candidate = Path.of(folder).resolve(name);
            if (Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        throw new IllegalStateException(
                name + " is not on the PATH; run bin/verify, which installs Debian's " + debianPackage + ".");
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isRegularFile(folder.resolve("bin/verify"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("No bin/verify above " + Path.of("").toAbsolutePath()
                    + "; run the tests within a checkout of Collimator.");
        }
        return folder;
    }
}
