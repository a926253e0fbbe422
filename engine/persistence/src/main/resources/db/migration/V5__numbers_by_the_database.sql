-- Fewer questions for numbers. Where the order of rows matters, the database numbers them as they are inserted, under the
-- lock of the accession's row; elsewhere the engine draws fifty at a time.

ALTER TABLE outbox ALTER COLUMN seq SET DEFAULT ${next_outbox};
ALTER TABLE exception_record ALTER COLUMN seq SET DEFAULT ${next_exception};

ALTER SEQUENCE scheduled_step_seq INCREMENT BY 50;
ALTER SEQUENCE received_message_seq INCREMENT BY 50;
ALTER SEQUENCE timeline_entry_seq INCREMENT BY 50;
