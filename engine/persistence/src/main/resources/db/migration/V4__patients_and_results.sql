-- Patients beside their orders, and reports on their examinations. One script for H2 and PostgreSQL; placeholders as in V1.

-- A number of a patient, issuer '' when none was named. With a survivor it is an alias: merged into that record, its own
-- attributes gone. Records and aliases share one key, so that an order and a merge of the same new number cannot both come
-- first.
CREATE TABLE patient (
    id VARCHAR(64) ${bytewise} NOT NULL,
    issuer VARCHAR(64) ${bytewise} NOT NULL,
    survivor_id VARCHAR(64) ${bytewise},
    survivor_issuer VARCHAR(64) ${bytewise},
    merged_at TIMESTAMP(6) WITH TIME ZONE,
    merged_sender VARCHAR,
    merged_control_id VARCHAR,
    -- patient and visit module, as in scheduled_step
    data_set BYTEA NOT NULL,
    updated_sender VARCHAR,
    updated_control_id VARCHAR,
    updated_message_at TIMESTAMP(6) WITH TIME ZONE,
    CONSTRAINT patient_pk PRIMARY KEY (id, issuer)
);

CREATE INDEX patient_survivor ON patient (survivor_id, survivor_issuer);

-- The message time of the newest update of each sender that was applied: what is older comes too late.
CREATE TABLE patient_update (
    patient_id VARCHAR(64) ${bytewise} NOT NULL,
    patient_issuer VARCHAR(64) ${bytewise} NOT NULL,
    sender_digest VARCHAR(64) NOT NULL,
    message_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    CONSTRAINT patient_update_pk PRIMARY KEY (patient_id, patient_issuer, sender_digest)
);

CREATE SEQUENCE result_seq START WITH 1 INCREMENT BY 1;

-- Every OBR that was received.
CREATE TABLE result (
    seq BIGINT NOT NULL,
    sender VARCHAR NOT NULL,
    control_id VARCHAR NOT NULL,
    received_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    placer_number VARCHAR,
    placer_namespace VARCHAR,
    filler_number VARCHAR,
    filler_namespace VARCHAR,
    -- OBR-18 as it came, and the accession that the result is linked to
    accession_named VARCHAR(16) ${bytewise},
    accession VARCHAR(16) ${bytewise},
    procedure_code VARCHAR NOT NULL,
    status VARCHAR(16) NOT NULL,
    reported_at TIMESTAMP(6) WITH TIME ZONE,
    patient_id VARCHAR(64) ${bytewise},
    patient_issuer VARCHAR(64) ${bytewise},
    forwarded BOOLEAN NOT NULL,
    CONSTRAINT result_pk PRIMARY KEY (seq)
);

CREATE INDEX result_accession ON result (accession);
CREATE INDEX result_patient ON result (patient_id);
CREATE INDEX result_control_id ON result (control_id);

-- How far the results of one procedure of one order have come; line: SHA-256 over a name of the order and the procedure.
CREATE TABLE result_line (
    line VARCHAR(64) NOT NULL,
    status VARCHAR(16) NOT NULL,
    CONSTRAINT result_line_pk PRIMARY KEY (line)
);

-- The text of notices that are too long for a column of H2: results with documents in them. UTF-8.
CREATE TABLE outbox_text (
    id UUID NOT NULL,
    content ${long_bytes} NOT NULL,
    CONSTRAINT outbox_text_pk PRIMARY KEY (id)
);
