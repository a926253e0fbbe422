-- Order control: who said what last, holds and defaults of entries, stops that came before their orders. One script for H2
-- and PostgreSQL; placeholders as in V1.

-- The last word on the order and on its appointment: sender, ORC-9, MSH-7. The order above: ORC-8.
ALTER TABLE accession ADD COLUMN order_sender VARCHAR;
ALTER TABLE accession ADD COLUMN order_transaction_time TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE accession ADD COLUMN order_message_time TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE accession ADD COLUMN appointment_sender VARCHAR;
ALTER TABLE accession ADD COLUMN appointment_transaction_time TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE accession ADD COLUMN appointment_message_time TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE accession ADD COLUMN parent_placer_number VARCHAR;
ALTER TABLE accession ADD COLUMN parent_placer_namespace VARCHAR;
ALTER TABLE accession ADD COLUMN parent_filler_number VARCHAR;
ALTER TABLE accession ADD COLUMN parent_filler_namespace VARCHAR;

-- Tags, eight hexadecimal digits each, of attributes whose value is a default.
ALTER TABLE scheduled_step ADD COLUMN stand_ins VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE received_message ADD COLUMN kind VARCHAR DEFAULT '' NOT NULL;
ALTER TABLE received_message ADD COLUMN profile VARCHAR DEFAULT '' NOT NULL;

-- What stops an order that is not known yet.
CREATE TABLE early_stop (
    id UUID NOT NULL,
    placer_number VARCHAR ${bytewise},
    placer_namespace VARCHAR,
    filler_number VARCHAR ${bytewise},
    filler_namespace VARCHAR,
    accession VARCHAR(16) ${bytewise},
    step_id VARCHAR(64) ${bytewise} NOT NULL,
    control VARCHAR NOT NULL,
    sender VARCHAR NOT NULL,
    transaction_time TIMESTAMP(6) WITH TIME ZONE,
    message_time TIMESTAMP(6) WITH TIME ZONE,
    received_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    CONSTRAINT early_stop_pk PRIMARY KEY (id)
);

CREATE INDEX early_stop_filler ON early_stop (filler_number);
CREATE INDEX early_stop_placer ON early_stop (placer_number);
CREATE INDEX early_stop_received ON early_stop (received_at);
