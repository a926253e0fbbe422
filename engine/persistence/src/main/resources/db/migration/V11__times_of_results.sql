-- When a result came as far as it has come, by its sender's clock. Unknown of what was passed on before: any time is newer.
ALTER TABLE result_line ADD COLUMN reported_at TIMESTAMP(6) WITH TIME ZONE;
