-- The keys that a till signs with, one for each day, in the order in which they were certified.
CREATE TABLE day_key (
    tenant      TEXT    NOT NULL,
    till        TEXT    NOT NULL,
    incarnation INTEGER NOT NULL,
    number      INTEGER NOT NULL CHECK (number > 0),
    public_key  BLOB    NOT NULL CHECK (length(public_key) = 32),
    -- The day, counted in days since 1970 in India.
    day         INTEGER NOT NULL CHECK (day >= 0),
    certificate BLOB    NOT NULL,
    PRIMARY KEY (tenant, till, incarnation, number),
    FOREIGN KEY (tenant, till, incarnation) REFERENCES incarnation
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX day_key_by_key ON day_key (tenant, public_key);
CREATE TRIGGER day_key_unchanged BEFORE UPDATE ON day_key
    BEGIN SELECT RAISE(ABORT, 'a certificate is never changed'); END;
CREATE TRIGGER day_key_stays BEFORE DELETE ON day_key
    BEGIN SELECT RAISE(ABORT, 'a certificate is never deleted'); END;
