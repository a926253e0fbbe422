-- One script for H2 and PostgreSQL. ${bytewise}: order of code points, so that an index serves LIKE 'prefix%';
-- ${long_bytes}: bytes without a practical limit.

CREATE TABLE accession (
    number VARCHAR(16) ${bytewise} NOT NULL,
    patient_id VARCHAR(64) ${bytewise} NOT NULL,
    patient_issuer VARCHAR,
    patient_name VARCHAR NOT NULL,
    birth_date VARCHAR NOT NULL,
    sex VARCHAR NOT NULL,
    study_instance_uid VARCHAR(64) ${bytewise},
    requested_procedure_id VARCHAR,
    placer_number VARCHAR ${bytewise},
    placer_namespace VARCHAR,
    filler_number VARCHAR ${bytewise},
    filler_namespace VARCHAR,
    order_status VARCHAR(16),
    procedure_state VARCHAR(16) NOT NULL,
    custody_state VARCHAR(16) NOT NULL,
    CONSTRAINT accession_pk PRIMARY KEY (number)
);

CREATE INDEX accession_filler ON accession (filler_number);
CREATE INDEX accession_placer ON accession (placer_number);
CREATE INDEX accession_study ON accession (study_instance_uid);
CREATE INDEX accession_patient ON accession (patient_id);

CREATE SEQUENCE scheduled_step_seq START WITH 1 INCREMENT BY 1;

-- data_set is the truth; the other columns of an entry narrow a query down and are made from it.
-- start_at: local as written; 9999-12-31 when no start date is known.
CREATE TABLE scheduled_step (
    id BIGINT NOT NULL,
    accession VARCHAR(16) ${bytewise} NOT NULL,
    step_id VARCHAR(64) ${bytewise} NOT NULL,
    ordinal INTEGER NOT NULL,
    step_id_derived BOOLEAN NOT NULL,
    status VARCHAR(16) NOT NULL,
    ordered_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    start_at TIMESTAMP(6) NOT NULL,
    modality VARCHAR(64) ${bytewise} NOT NULL,
    patient_id VARCHAR(64) ${bytewise} NOT NULL,
    requested_procedure_id VARCHAR(64) ${bytewise} NOT NULL,
    study_instance_uid VARCHAR(64) ${bytewise} NOT NULL,
    data_set BYTEA NOT NULL,
    CONSTRAINT scheduled_step_pk PRIMARY KEY (id),
    CONSTRAINT scheduled_step_key UNIQUE (accession, step_id),
    CONSTRAINT scheduled_step_accession FOREIGN KEY (accession) REFERENCES accession (number)
);

CREATE INDEX scheduled_step_start ON scheduled_step (start_at, id);
CREATE INDEX scheduled_step_modality ON scheduled_step (modality, start_at);
CREATE INDEX scheduled_step_status ON scheduled_step (status, start_at);
CREATE INDEX scheduled_step_patient ON scheduled_step (patient_id);
CREATE INDEX scheduled_step_procedure ON scheduled_step (requested_procedure_id);
CREATE INDEX scheduled_step_study ON scheduled_step (study_instance_uid);
CREATE INDEX scheduled_step_step_id ON scheduled_step (step_id);

-- An entry may name several stations; AE titles in upper case.
CREATE TABLE scheduled_step_station (
    step_id BIGINT NOT NULL,
    ae_title VARCHAR(64) ${bytewise} NOT NULL,
    start_at TIMESTAMP(6) NOT NULL,
    CONSTRAINT scheduled_step_station_pk PRIMARY KEY (step_id, ae_title),
    CONSTRAINT scheduled_step_station_step FOREIGN KEY (step_id) REFERENCES scheduled_step (id)
);

CREATE INDEX scheduled_step_station_start ON scheduled_step_station (ae_title, start_at, step_id);

-- One row for each component group of the patient's name, folded (case, accents, spaces).
CREATE TABLE scheduled_step_name (
    step_id BIGINT NOT NULL,
    name VARCHAR(400) ${bytewise} NOT NULL,
    CONSTRAINT scheduled_step_name_pk PRIMARY KEY (step_id, name),
    CONSTRAINT scheduled_step_name_step FOREIGN KEY (step_id) REFERENCES scheduled_step (id)
);

CREATE INDEX scheduled_step_name_name ON scheduled_step_name (name, step_id);

CREATE SEQUENCE step_number_seq START WITH 1 INCREMENT BY 1;

CREATE SEQUENCE received_message_seq START WITH 1 INCREMENT BY 1;

CREATE TABLE received_message (
    id BIGINT NOT NULL,
    sender VARCHAR NOT NULL,
    control_id VARCHAR NOT NULL,
    digest VARCHAR(128) NOT NULL,
    received_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    acknowledgement VARCHAR(2) NOT NULL,
    content ${long_bytes} NOT NULL,
    CONSTRAINT received_message_pk PRIMARY KEY (id)
);

CREATE INDEX received_message_digest ON received_message (digest);
CREATE INDEX received_message_control_id ON received_message (control_id);
CREATE INDEX received_message_received ON received_message (received_at);

CREATE SEQUENCE exception_record_seq START WITH 1 INCREMENT BY 1;

CREATE TABLE exception_record (
    seq BIGINT NOT NULL,
    id UUID NOT NULL,
    at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    type VARCHAR(40) NOT NULL,
    accession VARCHAR(16) ${bytewise},
    source VARCHAR NOT NULL,
    summary VARCHAR NOT NULL,
    evidence_type VARCHAR NOT NULL,
    evidence ${long_bytes} NOT NULL,
    CONSTRAINT exception_record_pk PRIMARY KEY (seq),
    CONSTRAINT exception_record_id UNIQUE (id)
);

CREATE SEQUENCE timeline_entry_seq START WITH 1 INCREMENT BY 1;

CREATE TABLE timeline_entry (
    id BIGINT NOT NULL,
    accession VARCHAR(16) ${bytewise} NOT NULL,
    at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    kind VARCHAR(64) NOT NULL,
    summary VARCHAR NOT NULL,
    CONSTRAINT timeline_entry_pk PRIMARY KEY (id)
);

CREATE INDEX timeline_entry_accession ON timeline_entry (accession, id);

-- Ids rise in the order of insertion, under the lock of the accession's row: for one accession that is commit order.
CREATE SEQUENCE outbox_seq START WITH 1 INCREMENT BY 1;

CREATE TABLE outbox (
    seq BIGINT NOT NULL,
    id UUID NOT NULL,
    queue VARCHAR(128) NOT NULL,
    event_type VARCHAR(64) NOT NULL,
    accession VARCHAR(16) ${bytewise},
    at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    body VARCHAR NOT NULL,
    sent BOOLEAN NOT NULL,
    sent_at TIMESTAMP(6) WITH TIME ZONE,
    CONSTRAINT outbox_pk PRIMARY KEY (seq),
    CONSTRAINT outbox_id UNIQUE (id)
);

CREATE INDEX outbox_pending ON outbox (sent, seq);
CREATE INDEX outbox_at ON outbox (at);
