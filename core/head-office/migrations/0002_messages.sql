-- Messages to consumers' phones: whom they go to, and each message with how far it has come.

-- Whole phone numbers are here and nowhere else: not in `account`, and so in no page of the book for a till.
CREATE TABLE contact (
    tenant   TEXT NOT NULL REFERENCES tenant,
    account  TEXT NOT NULL,
    phone    TEXT NOT NULL CHECK (phone GLOB '+[1-9]*' AND phone NOT GLOB '+*[^0-9]*' AND length(phone) BETWEEN 9 AND 16),
    language TEXT NOT NULL CHECK (language IN ('en', 'hi', 'pa', 'bn')),
    PRIMARY KEY (tenant, account)
) STRICT, WITHOUT ROWID;

-- A message is written with what it tells of, in one transaction, under a name made of it: nothing is told twice. No phone
-- and no name stands in it.
CREATE TABLE message (
    tenant     TEXT    NOT NULL REFERENCES tenant,
    message    TEXT    NOT NULL CHECK (length(message) BETWEEN 1 AND 80),
    kind       TEXT    NOT NULL CHECK (kind IN ('bill', 'receipt', 'receipt-subject', 'realised', 'credit',
                                                'complaint-opened', 'complaint-closed')),
    account    TEXT    NOT NULL,
    language   TEXT    NOT NULL CHECK (language IN ('en', 'hi', 'pa', 'bn')),
    text       TEXT    NOT NULL CHECK (length(text) BETWEEN 1 AND 1000),
    made_ms    INTEGER NOT NULL,
    -- What was not sent by then is not sent at all.
    expires_ms INTEGER NOT NULL CHECK (expires_ms > made_ms),
    state      TEXT    NOT NULL CHECK (state IN ('waiting', 'sent', 'unknown', 'failed', 'expired')),
    tries      INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    -- Of those, how many may have reached the phone although no answer came.
    doubts     INTEGER NOT NULL DEFAULT 0 CHECK (doubts BETWEEN 0 AND 2 AND doubts <= tries),
    -- When it is due; nothing where it is at its end.
    next_ms    INTEGER CHECK (next_ms IS NULL OR state IN ('waiting', 'unknown')),
    -- The gateway's own id.
    gateway    TEXT    CHECK ((gateway IS NOT NULL) = (state = 'sent')),
    -- Why it failed, or why the newest try came to nothing.
    code       TEXT,
    PRIMARY KEY (tenant, message),
    CHECK (state <> 'waiting' OR next_ms IS NOT NULL)
) STRICT;
CREATE INDEX message_due ON message (tenant, next_ms) WHERE next_ms IS NOT NULL;
CREATE INDEX message_made ON message (tenant, made_ms);
CREATE INDEX message_state ON message (tenant, state);
CREATE TRIGGER message_stays BEFORE DELETE ON message
    BEGIN SELECT RAISE(ABORT, 'a message is never deleted'); END;
CREATE TRIGGER message_unchanged BEFORE UPDATE ON message
    WHEN new.kind <> old.kind OR new.account <> old.account OR new.language <> old.language OR new.text <> old.text
      OR new.made_ms <> old.made_ms OR new.expires_ms <> old.expires_ms OR new.tries < old.tries
      OR (old.state = 'sent' AND new.state <> 'sent')
    BEGIN SELECT RAISE(ABORT, 'what was said is never changed'); END;

-- What could not be told, because no template is registered for it, counted.
CREATE TABLE message_left_out (
    tenant TEXT    NOT NULL REFERENCES tenant,
    kind   TEXT    NOT NULL,
    count  INTEGER NOT NULL CHECK (count > 0),
    PRIMARY KEY (tenant, kind)
) STRICT, WITHOUT ROWID;
