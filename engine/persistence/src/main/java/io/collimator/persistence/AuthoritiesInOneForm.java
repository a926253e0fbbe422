package io.collimator.persistence;

import io.collimator.dicom.data.DataSet;
import io.collimator.dicom.data.Tag;
import io.collimator.dicom.dictionary.Tags;
import io.collimator.dicom.identity.AssigningAuthority;
import io.collimator.workflow.order.OrderNumber;
import io.collimator.workflow.patient.PatientId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.api.migration.Context;
import org.jspecify.annotations.Nullable;

/**
 * V9: what stood under a namespace alone, or under nothing, gets the universal ID that its own row states beside it.
 * Whoever owned something owns it afterwards: an accession follows the record that it meant, unless its own entry states
 * another authority.
 */
final class AuthoritiesInOneForm extends DataMigration {

    private static final int BATCH = 1_000;

    private static final String PATIENTS =
            "SELECT id, issuer, survivor_id, survivor_issuer, data_set FROM patient ORDER BY id, issuer";
    private static final String ACCESSIONS = "SELECT a.number, a.patient_id, a.patient_issuer, a.placer_number,"
            + " a.placer_namespace, a.filler_number, a.filler_namespace, s.id, s.data_set"
            + " FROM accession a LEFT JOIN scheduled_step s ON s.accession = a.number ORDER BY a.number, s.ordinal";

    private static final List<String> OF_PATIENT = List.of(
            "UPDATE patient SET issuer = ?, before_authorities = FALSE WHERE id = ? AND issuer = ?",
            "UPDATE patient SET survivor_issuer = ? WHERE survivor_id = ? AND survivor_issuer = ?",
            "UPDATE patient_update SET patient_issuer = ? WHERE patient_id = ? AND patient_issuer = ?",
            "UPDATE result SET patient_issuer = ? WHERE patient_id = ? AND patient_issuer = ?");

    private static final String ACCESSION =
            "UPDATE accession SET patient_issuer = ?, placer_namespace = ?, filler_namespace = ? WHERE number = ?";
    private static final String RESULTS =
            "UPDATE result SET patient_issuer = ? WHERE accession = ? AND patient_id = ? AND patient_issuer = ?";
    private static final String STEP = "UPDATE scheduled_step SET data_set = ? WHERE id = ?";

    AuthoritiesInOneForm() {
        super("9", "authorities in one form");
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        Patients patients = Patients.read(connection);
        try (Batch accessions = new Batch(connection, ACCESSION);
                Batch results = new Batch(connection, RESULTS);
                Batch steps = new Batch(connection, STEP)) {
            Set<String> seen = new HashSet<>();
            read(connection, ACCESSIONS, row -> {
                String number = row.getString(1);
                PatientId stood = new PatientId(row.getString(2), row.getString(3));
                byte @Nullable [] encoded = row.getBytes(9);
                DataSet entry = encoded == null ? DataSet.empty() : DataSetColumn.decode(encoded);
                PatientId stands = patients.ownerOf(stood, entry);
                @Nullable
                String placer = orderIssuer(
                        entry,
                        row.getString(4),
                        row.getString(5),
                        Tags.PlacerOrderNumberImagingServiceRequest,
                        Tags.OrderPlacerIdentifierSequence);
                @Nullable
                String filler = orderIssuer(
                        entry,
                        row.getString(6),
                        row.getString(7),
                        Tags.FillerOrderNumberImagingServiceRequest,
                        Tags.OrderFillerIdentifierSequence);
                boolean isChanged = !stands.equals(stood)
                        || !Objects.equals(placer, row.getString(5))
                        || !Objects.equals(filler, row.getString(7));
                if (seen.add(number) && isChanged) {
                    accessions.add(stands.issuer(), placer, filler, number);
                    results.add(stands.issuerOrEmpty(), number, stood.id(), stood.issuerOrEmpty());
                }
                DataSet stated = issuedBy(entry, stood, stands);
                if (!stated.equals(entry)) {
                    steps.add(DataSetColumn.encode(stated), row.getLong(8));
                }
            });
        }
        patients.rename(connection);
    }

    /**
     * The numbers that are known, each with the one that it gets.
     *
     * @param renamed of those that get another one
     */
    private record Patients(Map<String, List<PatientId>> ofId, Map<PatientId, PatientId> renamed) {

        static Patients read(Connection connection) throws SQLException {
            Patients patients = new Patients(new HashMap<>(), new LinkedHashMap<>());
            Map<PatientId, DataSet> records = new LinkedHashMap<>();
            Map<PatientId, PatientId> aliases = new LinkedHashMap<>();
            DataMigration.read(connection, PATIENTS, row -> {
                PatientId number = new PatientId(row.getString(1), row.getString(2));
                patients.ofId
                        .computeIfAbsent(number.id(), id -> new ArrayList<>())
                        .add(number);
                @Nullable String survivor = row.getString(3);
                if (survivor == null) {
                    records.put(number, DataSetColumn.decode(row.getBytes(5)));
                } else {
                    aliases.put(number, new PatientId(survivor, row.getString(4)));
                }
            });
            records.forEach((number, stated) -> patients.rename(number, keyOf(stated, number.issuer())));
            // an alias under the namespace of its survivor is of the same authority
            aliases.forEach((alias, survivor) -> {
                if (alias.issuer() != null && alias.issuer().equals(survivor.issuer())) {
                    patients.rename(alias, patients.now(survivor).issuer());
                }
            });
            return patients;
        }

        private void rename(PatientId number, @Nullable String issuer) {
            PatientId to = number.withIssuer(issuer);
            if (withIdOf(number).stream().map(this::now).noneMatch(to::equals)) {
                renamed.put(number, to);
            }
        }

        private List<PatientId> withIdOf(PatientId number) {
            return ofId.getOrDefault(number.id(), List.of());
        }

        private PatientId now(PatientId number) {
            return renamed.getOrDefault(number, number);
        }

        /**
         * Whose an accession is: of the authority that its entry states itself, else of the record that its number meant,
         * which was the only one of its ID when one of both named no issuer.
         */
        PatientId ownerOf(PatientId stood, DataSet entry) {
            boolean isOfPatient = entry.text(Tags.PatientID).equals(stood.id())
                    && entry.text(Tags.IssuerOfPatientID).equals(stood.issuerOrEmpty());
            PatientId own = isOfPatient ? stood.withIssuer(keyOf(entry, stood.issuer())) : stood;
            List<PatientId> known = withIdOf(stood);
            if (!own.equals(stood) || known.contains(stood)) {
                return own.equals(stood) ? now(stood) : own;
            }
            boolean isMeant =
                    known.size() == 1 && (stood.issuer() == null || known.get(0).issuer() == null);
            return isMeant ? now(known.get(0)) : stood;
        }

        void rename(Connection connection) throws SQLException {
            for (Map.Entry<PatientId, PatientId> number : renamed.entrySet()) {
                for (String statement : OF_PATIENT) {
                    update(
                            connection,
                            statement,
                            number.getValue().issuerOrEmpty(),
                            number.getKey().id(),
                            number.getKey().issuerOrEmpty());
                }
            }
        }
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

    /** The entry with the issuer of its patient, beside the namespace that it names. */
    private static DataSet issuedBy(DataSet entry, PatientId stood, PatientId stands) {
        if (!entry.text(Tags.PatientID).equals(stood.id())) {
            return entry;
        }
        return stands.authority()
                .filter(authority -> !AssigningAuthority.ofPatient(entry)
                        .map(AssigningAuthority::key)
                        .equals(Optional.of(authority.key())))
                .flatMap(authority -> AssigningAuthority.of(
                        authority.namespace().isEmpty() ? stood.issuerOrEmpty() : authority.namespace(),
                        authority.universalId(),
                        authority.universalIdType()))
                .map(authority -> authority.issuing(entry))
                .orElse(entry);
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

    private static void update(Connection connection, String sql, String... parameters) throws SQLException {
        try (Batch batch = new Batch(connection, sql)) {
            batch.add((Object[]) parameters);
        }
    }

    /** Updates, sent some at a time. */
    private static final class Batch implements AutoCloseable {

        private final PreparedStatement statement;
        private int pending;

        Batch(Connection connection, String sql) throws SQLException {
            statement = connection.prepareStatement(sql);
        }

        void add(@Nullable Object... parameters) throws SQLException {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.addBatch();
            if (++pending % BATCH == 0) {
                statement.executeBatch();
            }
        }

        @Override
        public void close() throws SQLException {
            try (statement) {
                statement.executeBatch();
            }
        }
    }
}
