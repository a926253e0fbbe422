package io.collimator.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The engine as it is shipped, in a JVM of its own.
 *
 * @param mllpPort where it listens, from its ready line
 * @param dicomPort likewise
 * @param httpPort likewise
 */
record MeasuredEngine(ServerProcess server, int mllpPort, int dicomPort, int httpPort) {

    private static final Pattern LISTENERS =
            Pattern.compile("MLLP \\S+:(\\d+) · DICOM \\S+:(\\d+) · console http://\\S+:(\\d+)");

    static MeasuredEngine start(Path home) throws IOException {
        List<String> options = List.of("-Dcollimator.home=" + home);
        ServerProcess server = ServerProcess.start(options, "Collimator ready", "io.collimator.engine.cli.Main", "run");
        Matcher listeners = LISTENERS.matcher(server.readyLine());
        if (!listeners.find()) {
            server.close();
            throw new IOException("The engine's ready line names no listeners: " + server.readyLine());
        }
        return new MeasuredEngine(server, port(listeners, 1), port(listeners, 2), port(listeners, 3));
    }

    private static int port(Matcher listeners, int group) {
        return Integer.parseInt(listeners.group(group));
    }
}
