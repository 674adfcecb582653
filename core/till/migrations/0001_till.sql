-- The till's file, version 1. Once released, never edited: the next change is 0002.
-- `journal` is the truth. `state`, `account_entry`, `day_total` and `payment_request` are projections of it and can be rebuilt; the book tables are a
-- copy of what the head office signed.

CREATE TABLE identity (
    id                 INTEGER PRIMARY KEY CHECK (id = 1),
    tenant             TEXT    NOT NULL,
    till               TEXT    NOT NULL,
    incarnation        INTEGER NOT NULL CHECK (incarnation > 0),
    office_url         TEXT    NOT NULL,
    root_key           BLOB    NOT NULL CHECK (length(root_key) = 32),
    certificate        BLOB    NOT NULL,
    office_certificate BLOB    NOT NULL,
    profile            TEXT    NOT NULL CHECK (profile IN ('collector', 'counter', 'merchant', 'kiosk'))
) STRICT;

CREATE TABLE certificate (
    incarnation INTEGER PRIMARY KEY CHECK (incarnation > 0),
    bytes       BLOB    NOT NULL
) STRICT;

-- The last entry known of the life before this one, for the first entry of this one to name; no row in a first life.
CREATE TABLE life_before (
    id                INTEGER PRIMARY KEY CHECK (id = 1),
    incarnation       INTEGER NOT NULL CHECK (incarnation > 0),
    sequence          INTEGER NOT NULL CHECK (sequence >= 0),
    head              BLOB    NOT NULL CHECK (length(head) = 32),
    receipts          INTEGER NOT NULL CHECK (receipts >= 0),
    grand_total_paise INTEGER NOT NULL CHECK (grand_total_paise >= 0)
) STRICT;

CREATE TABLE journal (
    incarnation INTEGER NOT NULL CHECK (incarnation > 0),
    sequence    INTEGER NOT NULL CHECK (sequence > 0),
    hash        BLOB    NOT NULL CHECK (length(hash) = 32),
    bytes       BLOB    NOT NULL CHECK (length(bytes) BETWEEN 1 AND 4096),
    PRIMARY KEY (incarnation, sequence)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
BEGIN SELECT raise(ABORT, 'the journal is never changed'); END;

CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
BEGIN SELECT raise(ABORT, 'the journal is never deleted'); END;

CREATE TRIGGER journal_has_no_gaps BEFORE INSERT ON journal
WHEN NEW.sequence > 1 AND NOT EXISTS (
    SELECT 1 FROM journal WHERE incarnation = NEW.incarnation AND sequence = NEW.sequence - 1)
BEGIN SELECT raise(ABORT, 'the journal has no gaps'); END;

-- Where the journal stands: one row, moved in the same transaction as every entry.
CREATE TABLE state (
    id                INTEGER PRIMARY KEY CHECK (id = 1),
    incarnation       INTEGER NOT NULL,
    sequence          INTEGER NOT NULL,
    head              BLOB    NOT NULL CHECK (length(head) = 32),
    receipts          INTEGER NOT NULL CHECK (receipts >= 0),
    grand_total_paise INTEGER NOT NULL CHECK (grand_total_paise >= 0),
    totals_sequence   INTEGER NOT NULL CHECK (totals_sequence BETWEEN 1 AND sequence), -- the newest entry that says them
    wall_ms           INTEGER NOT NULL,
    shift             INTEGER NOT NULL CHECK (shift >= 0),
    shift_sequence    INTEGER          CHECK (shift_sequence BETWEEN 1 AND sequence) -- the entry that opened it
) STRICT;

-- What this till did to accounts: receipts and spot bills, to be counted on top of the book until the book counts them.
-- Lies by account, and has no second index for it: every b-tree that an entry touches is a page more in its commit.
CREATE TABLE account_entry (
    incarnation  INTEGER NOT NULL,
    sequence     INTEGER NOT NULL,
    account      TEXT    NOT NULL,
    request      BLOB    NOT NULL UNIQUE CHECK (length(request) = 8),
    day          INTEGER NOT NULL,
    amount_paise INTEGER NOT NULL CHECK (amount_paise >= 0),
    mode         TEXT    NOT NULL,
    PRIMARY KEY (account, incarnation, sequence)
) STRICT, WITHOUT ROWID;

-- What was taken on each day, for the first screen: it must not take longer with a million entries.
CREATE TABLE day_total (
    day          INTEGER NOT NULL,
    mode         TEXT    NOT NULL,
    receipts     INTEGER NOT NULL CHECK (receipts > 0),
    amount_paise INTEGER NOT NULL CHECK (amount_paise >= 0),
    PRIMARY KEY (day, mode)
) STRICT, WITHOUT ROWID;

-- Money asked for by UPI or card, and how that ended. `open` and `unknown` are not ends: they keep the account from being
-- charged again.
CREATE TABLE payment_request (
    incarnation        INTEGER NOT NULL,
    sequence           INTEGER NOT NULL,
    request            BLOB    NOT NULL UNIQUE CHECK (length(request) = 8),
    account            TEXT,   -- NULL: a sale over the counter
    amount_paise       INTEGER NOT NULL CHECK (amount_paise > 0),
    mode               TEXT    NOT NULL CHECK (mode IN ('upi', 'card')),
    wall_ms            INTEGER NOT NULL,
    expires_ms         INTEGER,
    state              TEXT    NOT NULL CHECK (state IN ('open', 'unknown', 'paid', 'failed', 'expired', 'let-go', 'declined')),
    ended_sequence     INTEGER CHECK (ended_sequence > sequence), -- the entry that says the state; NULL while it is open
    complaint_sequence INTEGER CHECK (complaint_sequence > sequence),
    reference          TEXT,   -- the payment's own (RRN, UTR), once it is known
    PRIMARY KEY (incarnation, sequence),
    CHECK ((state = 'open') = (ended_sequence IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX payment_request_pending ON payment_request (account) WHERE state IN ('open', 'unknown');

-- The same payment must not be shown twice.
CREATE INDEX payment_request_reference ON payment_request (reference) WHERE reference IS NOT NULL;

CREATE TRIGGER payment_request_ends_once BEFORE UPDATE OF state ON payment_request
WHEN OLD.state NOT IN ('open', 'unknown')
BEGIN SELECT raise(ABORT, 'a payment ends once'); END;

-- The head office's newest word about each of them, as signed. Not a projection: it comes again when it is asked for.
CREATE TABLE payment_word (
    incarnation INTEGER NOT NULL,
    sequence    INTEGER NOT NULL,
    number      INTEGER NOT NULL UNIQUE CHECK (number > 0),
    bytes       BLOB    NOT NULL,
    PRIMARY KEY (incarnation, sequence)
) STRICT, WITHOUT ROWID;

-- The newest acknowledgement of the current incarnation, as signed.
CREATE TABLE acknowledgement (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    sequence  INTEGER NOT NULL,
    office_ms INTEGER NOT NULL,
    bytes     BLOB    NOT NULL
) STRICT;

-- What the head office said about entries of this till, until a person has seen it.
CREATE TABLE notice (
    sequence INTEGER NOT NULL,
    code     TEXT    NOT NULL,
    what     TEXT    NOT NULL,
    PRIMARY KEY (sequence, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE book (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    cursor    INTEGER NOT NULL CHECK (cursor >= 0),
    complete  INTEGER NOT NULL CHECK (complete IN (0, 1)),
    office_ms INTEGER NOT NULL,
    rules     BLOB
) STRICT;

CREATE TABLE tariff (
    code   TEXT PRIMARY KEY,
    record BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
    number              INTEGER PRIMARY KEY,
    id                  TEXT    NOT NULL UNIQUE,
    counted_incarnation INTEGER NOT NULL,
    counted_sequence    INTEGER NOT NULL,
    record              BLOB    NOT NULL
) STRICT;

-- What a collector may type to find the account, folded; apart from the record so that it can be read quickly.
CREATE TABLE account_text (
    number INTEGER PRIMARY KEY REFERENCES account (number),
    text   TEXT NOT NULL
) STRICT;


-- How often a printer said that a receipt came out whole: the first is the receipt, every further one a duplicate. Known to
-- this device only, so it is not a projection.
CREATE TABLE printed (
    incarnation INTEGER NOT NULL,
    sequence    INTEGER NOT NULL,
    copies      INTEGER NOT NULL CHECK (copies > 0),
    PRIMARY KEY (incarnation, sequence)
) STRICT, WITHOUT ROWID;

-- How the newest sync ended, so that a screen can say it after a restart. Without a code it ended well.
CREATE TABLE sync_attempt (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    wall_ms INTEGER NOT NULL,
    code    TEXT,
    what    TEXT
) STRICT;

-- The supervisor's PIN of this device, as a salted hash, and how many wrong ones came since the last right one.
CREATE TABLE supervisor_pin (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    salt            BLOB    NOT NULL CHECK (length(salt) = 16),
    hash            BLOB    NOT NULL CHECK (length(hash) = 32),
    wrong           INTEGER NOT NULL CHECK (wrong >= 0),
    locked_until_ms INTEGER NOT NULL
) STRICT;

-- What this device's storage was last found to be, and whether the head office was told.
CREATE TABLE storage (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    class       TEXT    NOT NULL CHECK (class IN ('flushes', 'needs-syncfs', 'does-not-flush', 'in-memory', 'unknown')),
    filesystem  TEXT    NOT NULL,
    flush_us    INTEGER CHECK (flush_us >= 0), -- NULL: it could not be measured
    examined_ms INTEGER NOT NULL,
    told        INTEGER NOT NULL CHECK (told IN (0, 1))
) STRICT;
