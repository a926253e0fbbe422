-- The archive that a question waits for; null until one is chosen. So that one which does not answer holds up its own alone.
ALTER TABLE archive_ask ADD COLUMN archive VARCHAR(16) ${bytewise};
