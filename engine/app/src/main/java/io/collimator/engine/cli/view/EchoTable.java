package io.collimator.engine.cli.view;

import io.collimator.dicom.dimse.DimseStatus;
import io.collimator.engine.config.ApplicationEntity;
import io.collimator.engine.peers.EchoResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Echoes as a table. */
public final class EchoTable {

    private static final List<String> HEAD = List.of("AE", "ADDRESS", "STATUS", "TIME", "ACCEPTED CONTEXTS");

    private final List<List<String>> rows = new ArrayList<>();

    public void add(ApplicationEntity peer, EchoResult result) {
        DimseStatus status = result.status();
        String answered = result.isReachable() ? String.join(", ", result.contextNames()) : result.problem();
        rows.add(List.of(
                peer.title().value(),
                peer.isReachable() ? peer.host() + ":" + peer.port() : "-",
                status == null ? "-" : "%04XH".formatted(status.code()),
                millis(result.roundTrip()),
                Printable.of(answered)));
    }

    public void print(PrintWriter out) {
        TextTable.print(HEAD, rows, out);
    }

    private static String millis(@Nullable Duration time) {
        return time == null ? "-" : String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1_000_000.0);
    }
}
