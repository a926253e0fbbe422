-- What became of a notice that a route took from a queue: it ends with the notice.
CREATE TABLE settled_notice (
    outbox_id UUID NOT NULL,
    queue VARCHAR(255) NOT NULL,
    seq BIGINT NOT NULL,
    accession VARCHAR(240) ${bytewise},
    outcome VARCHAR(16) NOT NULL,
    at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    CONSTRAINT settled_notice_pk PRIMARY KEY (outbox_id, queue),
    CONSTRAINT settled_notice_outbox FOREIGN KEY (outbox_id) REFERENCES outbox (id) ON DELETE CASCADE
);

CREATE INDEX settled_notice_accession ON settled_notice (accession, queue, seq);

-- Of what was sent to receivers before this was recorded nobody knows whether they accepted it.
INSERT INTO settled_notice (outbox_id, queue, seq, accession, outcome, at)
    SELECT id, queue, seq, accession, 'UNKNOWN', at FROM outbox
    WHERE sent = TRUE AND queue IN ('collimator.status', 'collimator.results');

-- The embedded brokers that notices were sent to, the last one by "since". What was sent before "since", as far as the
-- number lost_to, went to an earlier one and is not on this one.
CREATE TABLE used_broker (
    node_id VARCHAR(64) NOT NULL,
    since TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    lost_to BIGINT NOT NULL,
    CONSTRAINT used_broker_pk PRIMARY KEY (node_id)
);
