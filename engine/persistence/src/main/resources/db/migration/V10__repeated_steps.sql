-- A step that does a discontinued one again: the step ID of that one, of the same accession.
ALTER TABLE scheduled_step ADD COLUMN repeats VARCHAR(64) ${bytewise};
