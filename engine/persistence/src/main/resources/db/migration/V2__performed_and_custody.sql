-- What modalities performed, and who holds the instances. One script for H2 and PostgreSQL; placeholders as in V1.

CREATE TABLE performed_step (
    sop_instance_uid VARCHAR(64) ${bytewise} NOT NULL,
    version BIGINT NOT NULL,
    performed_by VARCHAR(16) NOT NULL,
    status VARCHAR(16) NOT NULL,
    repeat_key VARCHAR(128) ${bytewise},
    created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    data_set ${long_bytes} NOT NULL,
    CONSTRAINT performed_step_pk PRIMARY KEY (sop_instance_uid),
    -- a creation without UID that is repeated finds the one in progress
    CONSTRAINT performed_step_repeat UNIQUE (repeat_key)
);

-- The steps that it was performed for, as the modality named them, and what they are linked to.
CREATE TABLE performed_item (
    performed_uid VARCHAR(64) ${bytewise} NOT NULL,
    ordinal INTEGER NOT NULL,
    study_key VARCHAR(64) ${bytewise},
    accession_key VARCHAR(16) ${bytewise},
    procedure_key VARCHAR NOT NULL,
    step_key VARCHAR NOT NULL,
    link VARCHAR(16) NOT NULL,
    accession VARCHAR(16) ${bytewise},
    scheduled_step_id VARCHAR(64) ${bytewise},
    CONSTRAINT performed_item_pk PRIMARY KEY (performed_uid, ordinal),
    CONSTRAINT performed_item_step FOREIGN KEY (performed_uid) REFERENCES performed_step (sop_instance_uid)
);

CREATE INDEX performed_item_accession ON performed_item (accession);
CREATE INDEX performed_item_accession_key ON performed_item (accession_key);
CREATE INDEX performed_item_study_key ON performed_item (study_key);

-- The instances that it lists at present.
CREATE TABLE performed_instance (
    performed_uid VARCHAR(64) ${bytewise} NOT NULL,
    instance_uid VARCHAR(64) ${bytewise} NOT NULL,
    CONSTRAINT performed_instance_pk PRIMARY KEY (performed_uid, instance_uid),
    CONSTRAINT performed_instance_step FOREIGN KEY (performed_uid) REFERENCES performed_step (sop_instance_uid)
);

CREATE INDEX performed_instance_instance ON performed_instance (instance_uid);

CREATE TABLE commitment_request (
    id UUID NOT NULL,
    transaction_uid VARCHAR(64) ${bytewise} NOT NULL,
    requestor VARCHAR(16) NOT NULL,
    received_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    digest VARCHAR(64) NOT NULL,
    state VARCHAR(16) NOT NULL,
    settled_at TIMESTAMP(6) WITH TIME ZONE,
    report_attempts INTEGER NOT NULL,
    next_report_at TIMESTAMP(6) WITH TIME ZONE,
    retrieve_ae VARCHAR(16),
    match_checked BOOLEAN NOT NULL,
    -- requestor and Transaction UID while the transaction is active, else null
    active_key VARCHAR(128) ${bytewise},
    CONSTRAINT commitment_request_pk PRIMARY KEY (id),
    CONSTRAINT commitment_request_active UNIQUE (active_key)
);

CREATE INDEX commitment_request_report ON commitment_request (state, next_report_at);
CREATE INDEX commitment_request_check ON commitment_request (match_checked, received_at);

CREATE TABLE commitment_item (
    request_id UUID NOT NULL,
    instance_uid VARCHAR(64) ${bytewise} NOT NULL,
    class_uid VARCHAR(64) ${bytewise} NOT NULL,
    ordinal INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    outcome VARCHAR(16) NOT NULL,
    reason INTEGER NOT NULL,
    -- no other index begins with request_id: right after a bulk insert a planner without statistics might take it
    CONSTRAINT commitment_item_pk PRIMARY KEY (request_id, ordinal),
    CONSTRAINT commitment_item_request FOREIGN KEY (request_id) REFERENCES commitment_request (id)
);

CREATE INDEX commitment_item_instance ON commitment_item (instance_uid);

-- Which accessions' timelines tell of a request. What counts for an accession is computed from the instances. No foreign
-- key: its check would wait for the request's row while holding the accession's, the wrong way round.
CREATE TABLE commitment_link (
    request_id UUID NOT NULL,
    accession VARCHAR(16) ${bytewise} NOT NULL,
    CONSTRAINT commitment_link_pk PRIMARY KEY (request_id, accession)
);

-- The asking of the archive about one batch of a request.
CREATE TABLE archive_ask (
    request_id UUID NOT NULL,
    batch INTEGER NOT NULL,
    state VARCHAR(16) NOT NULL,
    next_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    attempts INTEGER NOT NULL,
    rounds INTEGER NOT NULL,
    transaction_uid VARCHAR(64) ${bytewise},
    CONSTRAINT archive_ask_pk PRIMARY KEY (request_id, batch),
    CONSTRAINT archive_ask_request FOREIGN KEY (request_id) REFERENCES commitment_request (id)
);

CREATE INDEX archive_ask_due ON archive_ask (state, next_at);

-- Every Transaction UID of ours; kept, because an answer may come late.
CREATE TABLE archive_transaction (
    transaction_uid VARCHAR(64) ${bytewise} NOT NULL,
    request_id UUID NOT NULL,
    batch INTEGER NOT NULL,
    archive VARCHAR(16) NOT NULL,
    created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    answer_digest VARCHAR(64),
    CONSTRAINT archive_transaction_pk PRIMARY KEY (transaction_uid),
    CONSTRAINT archive_transaction_request FOREIGN KEY (request_id) REFERENCES commitment_request (id)
);

-- The archive's last word on an instance, kept apart from requests and performed steps.
CREATE TABLE instance_custody (
    instance_uid VARCHAR(64) ${bytewise} NOT NULL,
    committed BOOLEAN NOT NULL,
    reason INTEGER NOT NULL,
    archive VARCHAR(16) NOT NULL,
    at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    CONSTRAINT instance_custody_pk PRIMARY KEY (instance_uid)
);
