-- The mapping of the site as it was: one row a version, one row a file of it.
CREATE TABLE mapping_version (
    number INTEGER NOT NULL,
    at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    made_by VARCHAR NOT NULL,
    remark VARCHAR NOT NULL,
    digest VARCHAR(128) NOT NULL,
    changes VARCHAR NOT NULL,
    CONSTRAINT mapping_version_pk PRIMARY KEY (number)
);

CREATE TABLE mapping_version_file (
    version INTEGER NOT NULL,
    name VARCHAR(255) ${bytewise} NOT NULL,
    content VARCHAR NOT NULL,
    CONSTRAINT mapping_version_file_pk PRIMARY KEY (version, name),
    CONSTRAINT mapping_version_file_version FOREIGN KEY (version) REFERENCES mapping_version (number)
);
