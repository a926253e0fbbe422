package io.collimator.bench;

import io.collimator.dicom.codec.CodecLimits;
import io.collimator.dicom.codec.DataSetCodec;
import io.collimator.dicom.codec.TransferSyntax;
import io.collimator.dicom.data.DataSet;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The baseline: the statements that the engine runs for these queries, by plain JDBC on a connection of its own, each answer
 * decoded, projected and encoded. It has no network, no DIMSE and no policies.
 */
final class JdbcWorklist implements WorklistAsker {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
    private static final String SHOWN =
            "s.status IN ('SCHEDULED', 'ARRIVED', 'READY') AND (s.start_at >= ? OR s.ordered_at >= ?)";
    private static final String IN_ORDER = " ORDER BY s.start_at, s.id FETCH FIRST 2001 ROWS ONLY";
    private static final String BY_ACCESSION =
            "SELECT s.status, s.data_set FROM scheduled_step s WHERE " + SHOWN + " AND s.accession = ?" + IN_ORDER;
    private static final String BY_STATION_AND_DAY = "SELECT s.status, s.data_set FROM scheduled_step_station a"
            + " JOIN scheduled_step s ON s.id = a.step_id WHERE " + SHOWN + " AND s.start_at >= ? AND s.start_at <= ?"
            + " AND a.ae_title = ? AND a.start_at >= ? AND a.start_at <= ?"
            + " ORDER BY a.start_at, a.step_id FETCH FIRST 2001 ROWS ONLY";

    private static final DataSetCodec CODEC =
            new DataSetCodec(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, CodecLimits.defaults());

    private final Connection connection;
    private final PreparedStatement byAccession;
    private final PreparedStatement byStationAndDay;
    private final LocalDateTime shownSince;
    private final OffsetDateTime orderedSince;
    private long encodedBytes;

    JdbcWorklist(String url, LocalDateTime now) throws SQLException {
        connection = DriverManager.getConnection(url);
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        byAccession = connection.prepareStatement(BY_ACCESSION);
        byStationAndDay = connection.prepareStatement(BY_STATION_AND_DAY);
        shownSince = now.minusDays(30);
        orderedSince = shownSince.atOffset(ZoneOffset.UTC);
    }

    @Override
    public int ask(Question question, int number) throws SQLException {
        PreparedStatement statement = question == Question.ONE_MATCH ? byAccession : byStationAndDay;
        statement.setObject(1, shownSince);
        statement.setObject(2, orderedSince);
        if (question == Question.ONE_MATCH) {
            statement.setString(3, WorklistEntries.accession(number));
        } else {
            LocalDateTime begin =
                    LocalDate.parse(WorklistEntries.day(number), DATE).atStartOfDay();
            LocalDateTime end = begin.plusDays(1).minusNanos(1_000);
            statement.setObject(3, begin);
            statement.setObject(4, end);
            statement.setString(5, WorklistEntries.station(number));
            statement.setObject(6, begin);
            statement.setObject(7, end);
        }
        int matches = answered(statement);
        connection.commit();
        return matches;
    }

    private int answered(PreparedStatement statement) throws SQLException {
        int matches = 0;
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                DataSet entry = CODEC.decode(rows.getBytes(2));
                encodedBytes += CODEC.encode(WorklistIdentifiers.answer(entry)).length;
                matches++;
            }
        }
        return matches;
    }

    /** Bytes of all answers, so that no compiler may leave the encoding out. */
    long encodedBytes() {
        return encodedBytes;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
