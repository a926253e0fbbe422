package io.collimator.persistence;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.patient.PatientId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/**
 * V9: what stood under a namespace alone, or under nothing, gets the universal ID that its own row states beside it. No row
 * learns from another one, and whoever owned something owns it afterwards.
 */
final class AuthoritiesInOneForm implements JavaMigration {

    private static final int FETCH_ROWS = 1_000;
    private static final int BATCH = 1_000;

    private static final String RECORDS =
            "SELECT id, issuer, data_set FROM patient WHERE survivor_id IS NULL ORDER BY id, issuer";
    private static final String NUMBERS = "SELECT id, issuer FROM patient";
    private static final String ACCESSIONS = "SELECT a.number, a.patient_id, a.patient_issuer, a.placer_number,"
            + " a.placer_namespace, a.filler_number, a.filler_namespace, s.data_set"
            + " FROM accession a JOIN scheduled_step s ON s.accession = a.number ORDER BY a.number, s.ordinal";

    /** An alias under the namespace of its survivor is of the same authority. */
    private static final String ALIASES =
            "UPDATE patient SET issuer = ? WHERE issuer = ? AND issuer <> '' AND survivor_id = ? AND survivor_issuer = ?"
                    + " AND NOT EXISTS (SELECT 1 FROM patient p WHERE p.id = patient.id AND p.issuer = ?)";

    private static final List<String> OF_PATIENT = List.of(
            "UPDATE patient SET issuer = ?, before_authorities = FALSE WHERE id = ? AND issuer = ?",
            "UPDATE patient SET survivor_issuer = ? WHERE survivor_id = ? AND survivor_issuer = ?",
            "UPDATE patient_update SET patient_issuer = ? WHERE patient_id = ? AND patient_issuer = ?",
            "UPDATE result SET patient_issuer = ? WHERE patient_id = ? AND patient_issuer = ?");

    private static final String ACCESSION =
            "UPDATE accession SET patient_issuer = ?, placer_namespace = ?, filler_namespace = ? WHERE number = ?";

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("9");
    }

    @Override
    public String getDescription() {
        return "authorities in one form";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        List<@Nullable String[]> accessions = accessions(connection);
        for (String[] patient : patients(connection)) {
            for (String statement : OF_PATIENT) {
                update(connection, statement, patient[2], patient[0], patient[1]);
            }
            update(connection, ALIASES, patient[2], patient[1], patient[0], patient[2], patient[2]);
        }
        try (PreparedStatement statement = connection.prepareStatement(ACCESSION)) {
            int pending = 0;
            for (@Nullable String[] accession : accessions) {
                for (int i = 0; i < accession.length; i++) {
                    statement.setString(i + 1, accession[i]);
                }
                statement.addBatch();
                if (++pending % BATCH == 0) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
        }
    }

    /** ID, issuer and new issuer of each record that states a universal ID, unless the new number is somebody's. */
    private static List<String[]> patients(Connection connection) throws SQLException {
        Set<PatientId> taken = new HashSet<>();
        read(connection, NUMBERS, row -> taken.add(new PatientId(row.getString(1), row.getString(2))));
        List<String[]> renamed = new ArrayList<>();
        read(connection, RECORDS, row -> {
            String id = row.getString(1);
            String issuer = row.getString(2);
            String key = keyOf(DataSetColumn.decode(row.getBytes(3)), issuer);
            if (!key.equals(issuer) && taken.add(new PatientId(id, key))) {
                renamed.add(new String[] {id, issuer, key});
            }
        });
        return renamed;
    }

    /** The issuer that a data set states under the same namespace, else the one that stands there. */
    private static String keyOf(DataSet patient, @Nullable String issuer) {
        String namespace = issuer == null ? "" : issuer;
        DataSet qualifiers = patient.item(Tags.IssuerOfPatientIDQualifiersSequence);
        return AssigningAuthority.of(
                        namespace, qualifiers.text(Tags.UniversalEntityID), qualifiers.text(Tags.UniversalEntityIDType))
                .map(AssigningAuthority::key)
                .orElse(namespace);
    }

    /** The new values of {@link #ACCESSION} for each accession whose first step states more than its row. */
    private static List<@Nullable String[]> accessions(Connection connection) throws SQLException {
        List<@Nullable String[]> changed = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        read(connection, ACCESSIONS, row -> {
            String number = row.getString(1);
            if (!seen.add(number)) {
                return;
            }
            DataSet entry = DataSetColumn.decode(row.getBytes(8));
            @Nullable String issuer = row.getString(3);
            @Nullable String placer = row.getString(5);
            @Nullable String filler = row.getString(7);
            boolean isItsPatient = entry.text(Tags.PatientID).equals(row.getString(2))
                    && entry.text(Tags.IssuerOfPatientID).equals(issuer == null ? "" : issuer);
            @Nullable
            String newIssuer = isItsPatient
                    ? Optional.of(keyOf(entry, issuer))
                            .filter(key -> !key.isEmpty())
                            .orElse(null)
                    : issuer;
            @Nullable
            String newPlacer = orderIssuer(
                    entry,
                    row.getString(4),
                    placer,
                    Tags.PlacerOrderNumberImagingServiceRequest,
                    Tags.OrderPlacerIdentifierSequence);
            @Nullable
            String newFiller = orderIssuer(
                    entry,
                    row.getString(6),
                    filler,
                    Tags.FillerOrderNumberImagingServiceRequest,
                    Tags.OrderFillerIdentifierSequence);
            if (!Objects.equals(issuer, newIssuer)
                    || !Objects.equals(placer, newPlacer)
                    || !Objects.equals(filler, newFiller)) {
                changed.add(new @Nullable String[] {newIssuer, newPlacer, newFiller, number});
            }
        });
        return changed;
    }

    private static @Nullable String orderIssuer(
            DataSet entry, @Nullable String number, @Nullable String namespace, Tag numberTag, Tag issuerTag) {
        return OrderNumber.in(entry, numberTag, issuerTag)
                .filter(stated -> stated.number().equals(number))
                .filter(stated -> stated.authority()
                        .map(AssigningAuthority::namespace)
                        .orElse("")
                        .equals(namespace == null ? "" : namespace))
                .map(OrderNumber::issuer)
                .orElse(namespace);
    }

    @FunctionalInterface
    private interface RowTaker {
        void take(ResultSet row) throws SQLException;
    }

    private static void read(Connection connection, String query, RowTaker taker) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    taker.take(rows);
                }
            }
        }
    }

    private static void update(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }
}
