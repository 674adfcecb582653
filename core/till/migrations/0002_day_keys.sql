-- The keys that this till signs with, one for each day, certified ahead. Their private halves are not here: the one of today is in
-- the vault, those of days to come are made of it, and those of days that are over are nowhere.
CREATE TABLE day_key (
    incarnation INTEGER NOT NULL CHECK (incarnation > 0),
    position    INTEGER NOT NULL CHECK (position > 0), -- each key is made of the one before
    from_s      INTEGER NOT NULL CHECK (from_s >= 0),  -- from when on it counts, in seconds since 1970
    key_id      BLOB    NOT NULL UNIQUE CHECK (length(key_id) = 8),
    certificate BLOB    NOT NULL,
    PRIMARY KEY (incarnation, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER day_key_is_never_changed BEFORE UPDATE ON day_key
BEGIN SELECT raise(ABORT, 'a certificate is never changed'); END;

CREATE TRIGGER day_key_is_never_deleted BEFORE DELETE ON day_key
BEGIN SELECT raise(ABORT, 'a certificate is never deleted'); END;
