-- Numbers with who gave them. One script for H2 and PostgreSQL; placeholders as in V1.

-- A patient's issuer is the key of the assigning authority: its namespace, or &universal ID&type.
ALTER TABLE patient ALTER COLUMN issuer SET DATA TYPE VARCHAR(240) ${bytewise};
ALTER TABLE patient ALTER COLUMN survivor_issuer SET DATA TYPE VARCHAR(240) ${bytewise};
ALTER TABLE patient_update ALTER COLUMN patient_issuer SET DATA TYPE VARCHAR(240) ${bytewise};
ALTER TABLE result ALTER COLUMN patient_issuer SET DATA TYPE VARCHAR(240) ${bytewise};

-- Stored before authorities were told apart, and not named by a universal ID: what a message names now may be meant.
ALTER TABLE patient ADD COLUMN before_authorities BOOLEAN DEFAULT FALSE NOT NULL;
UPDATE patient SET before_authorities = TRUE;

-- Of its order numbers only the namespaces were kept.
ALTER TABLE early_stop ADD COLUMN before_authorities BOOLEAN DEFAULT FALSE NOT NULL;
UPDATE early_stop SET before_authorities = TRUE;

-- An accession's key is its number, and after a backslash the key of who gave it.
ALTER TABLE accession ALTER COLUMN number SET DATA TYPE VARCHAR(240) ${bytewise};
ALTER TABLE scheduled_step ALTER COLUMN accession SET DATA TYPE VARCHAR(240) ${bytewise};
ALTER TABLE exception_record ALTER COLUMN accession SET DATA TYPE VARCHAR(240) ${bytewise};
ALTER TABLE timeline_entry ALTER COLUMN accession SET DATA TYPE VARCHAR(240) ${bytewise};
ALTER TABLE outbox ALTER COLUMN accession SET DATA TYPE VARCHAR(240) ${bytewise};
ALTER TABLE performed_item ALTER COLUMN accession_key SET DATA TYPE VARCHAR(240) ${bytewise};
ALTER TABLE performed_item ALTER COLUMN accession SET DATA TYPE VARCHAR(240) ${bytewise};
ALTER TABLE commitment_link ALTER COLUMN accession SET DATA TYPE VARCHAR(240) ${bytewise};
ALTER TABLE early_stop ALTER COLUMN accession SET DATA TYPE VARCHAR(240) ${bytewise};
ALTER TABLE result ALTER COLUMN accession_named SET DATA TYPE VARCHAR(240) ${bytewise};
ALTER TABLE result ALTER COLUMN accession SET DATA TYPE VARCHAR(240) ${bytewise};

-- Every merge, so that it can be taken back: what was known under the prior number, and what stood under it.
CREATE TABLE patient_merge (
    prior_id VARCHAR(64) ${bytewise} NOT NULL,
    prior_issuer VARCHAR(240) ${bytewise} NOT NULL,
    survivor_id VARCHAR(64) ${bytewise} NOT NULL,
    survivor_issuer VARCHAR(240) ${bytewise} NOT NULL,
    at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    -- the patient and visit module of the prior record; null when there was none
    data_set BYTEA,
    updated_sender VARCHAR,
    updated_control_id VARCHAR,
    updated_message_at TIMESTAMP(6) WITH TIME ZONE,
    CONSTRAINT patient_merge_pk PRIMARY KEY (prior_id, prior_issuer)
);

CREATE TABLE patient_merge_accession (
    prior_id VARCHAR(64) ${bytewise} NOT NULL,
    prior_issuer VARCHAR(240) ${bytewise} NOT NULL,
    accession VARCHAR(240) ${bytewise} NOT NULL,
    CONSTRAINT patient_merge_accession_pk PRIMARY KEY (prior_id, prior_issuer, accession)
);
