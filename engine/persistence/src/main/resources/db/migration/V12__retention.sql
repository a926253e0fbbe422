-- What tells that a row is old and done with. One script for H2 and PostgreSQL.

-- When the timeline of a finished accession was forgotten, and of its steps all but who and what.
ALTER TABLE accession ADD COLUMN forgotten_at TIMESTAMP(6) WITH TIME ZONE;

-- Since when nothing is known to refer to the record; null again with every update of it.
ALTER TABLE patient ADD COLUMN unused_since TIMESTAMP(6) WITH TIME ZONE;

-- When a result last came as far as it has come, by our clock. What was there before counts as of today.
ALTER TABLE result_line ADD COLUMN advanced_at TIMESTAMP(6) WITH TIME ZONE;
UPDATE result_line SET advanced_at = CURRENT_TIMESTAMP;
CREATE INDEX result_line_advanced ON result_line (advanced_at);

CREATE INDEX archive_transaction_created ON archive_transaction (created_at);
