-- What the engine itself finds to be over: when, and which of them goes on now, one for each cause.
ALTER TABLE exception_record ADD COLUMN closed_at TIMESTAMP(6) WITH TIME ZONE;

CREATE TABLE open_exception (
    cause VARCHAR(200) ${bytewise} NOT NULL,
    exception_id UUID NOT NULL,
    CONSTRAINT open_exception_pk PRIMARY KEY (cause)
);

-- One row that is written to see whether the store takes a write.
CREATE TABLE sign_of_life (
    id INTEGER NOT NULL,
    at TIMESTAMP(6) WITH TIME ZONE,
    CONSTRAINT sign_of_life_pk PRIMARY KEY (id)
);

INSERT INTO sign_of_life (id) VALUES (1);
