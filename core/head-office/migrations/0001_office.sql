-- The head office's books, first version. Numbered, never edited once released, never lossy.
--
-- Every table is keyed by tenant first. Every id is made by whoever writes the row; nothing is numbered by the
-- database, so that another engine can hold the same rows. Amounts are paise, times are milliseconds since 1970 (UTC),
-- days are days since 1970-01-01, hashes are SHA-256.

PRAGMA application_id = 0x52534831; -- "RSH1"

CREATE TABLE tenant (
    tenant             TEXT    NOT NULL PRIMARY KEY,
    root_key           BLOB    NOT NULL CHECK (length(root_key) = 32),
    office_certificate BLOB    NOT NULL,
    -- The book's cursor: every change of an account, a tariff or the rules takes the next number.
    change             INTEGER NOT NULL DEFAULT 0 CHECK (change >= 0),
    rules              BLOB,
    rules_change       INTEGER NOT NULL DEFAULT 0 CHECK (rules_change BETWEEN 0 AND change)
) STRICT, WITHOUT ROWID;

CREATE TABLE tariff (
    tenant TEXT    NOT NULL REFERENCES tenant,
    code   TEXT    NOT NULL,
    change INTEGER NOT NULL CHECK (change > 0),
    bytes  BLOB    NOT NULL,
    PRIMARY KEY (tenant, code)
) STRICT, WITHOUT ROWID;

-- A consumer's account, whole, as `schemas/book.cddl` has it.
CREATE TABLE account (
    tenant             TEXT    NOT NULL REFERENCES tenant,
    account            TEXT    NOT NULL,
    change             INTEGER NOT NULL CHECK (change > 0),
    bytes              BLOB    NOT NULL CHECK (length(bytes) <= 65536),
    -- Its newest ledger transaction; each of those names the one before it.
    newest_transaction TEXT,
    PRIMARY KEY (tenant, account)
) STRICT;
CREATE UNIQUE INDEX account_by_change ON account (tenant, change);

-- Every bill that was ever taken into the books, also when the account no longer carries it.
CREATE TABLE bill (
    tenant  TEXT NOT NULL REFERENCES tenant,
    bill    TEXT NOT NULL,
    account TEXT NOT NULL,
    -- Of what was asked when it came; the same bill may come again, another one of the same number may not.
    digest  BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (tenant, bill)
) STRICT, WITHOUT ROWID;

CREATE TABLE till (
    tenant TEXT NOT NULL REFERENCES tenant,
    till   TEXT NOT NULL,
    name   TEXT NOT NULL,
    state  TEXT NOT NULL CHECK (state IN ('active', 'revoked')),
    PRIMARY KEY (tenant, till)
) STRICT, WITHOUT ROWID;

-- A life of a till: its certificate, and how far its journal is stored.
CREATE TABLE incarnation (
    tenant      TEXT    NOT NULL,
    till        TEXT    NOT NULL,
    incarnation INTEGER NOT NULL CHECK (incarnation BETWEEN 1 AND 65535),
    public_key  BLOB    NOT NULL CHECK (length(public_key) = 32),
    certificate BLOB    NOT NULL,
    enrolled_ms INTEGER NOT NULL,
    sequence    INTEGER NOT NULL CHECK (sequence >= 0),
    head        BLOB    NOT NULL CHECK (length(head) = 32),
    receipts    INTEGER NOT NULL CHECK (receipts >= 0),
    grand_total INTEGER NOT NULL CHECK (grand_total >= 0),
    PRIMARY KEY (tenant, till, incarnation),
    FOREIGN KEY (tenant, till) REFERENCES till
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX incarnation_by_key ON incarnation (tenant, public_key);
CREATE TRIGGER incarnation_only_grows BEFORE UPDATE ON incarnation
    WHEN new.sequence < old.sequence OR new.receipts < old.receipts OR new.grand_total < old.grand_total
      OR new.certificate <> old.certificate OR new.public_key <> old.public_key
    BEGIN SELECT RAISE(ABORT, 'a journal only grows'); END;
CREATE TRIGGER incarnation_stays BEFORE DELETE ON incarnation
    BEGIN SELECT RAISE(ABORT, 'a journal is never deleted'); END;

-- One-time codes; only their hash is kept.
CREATE TABLE enrolment_code (
    tenant           TEXT    NOT NULL,
    code_hash        BLOB    NOT NULL CHECK (length(code_hash) = 32),
    till             TEXT    NOT NULL,
    expires_ms       INTEGER NOT NULL,
    used_key         BLOB    CHECK (length(used_key) = 32),
    used_incarnation INTEGER,
    PRIMARY KEY (tenant, code_hash),
    FOREIGN KEY (tenant, till) REFERENCES till,
    CHECK ((used_key IS NULL) = (used_incarnation IS NULL))
) STRICT, WITHOUT ROWID;

-- The tills' journals, verbatim.
CREATE TABLE journal_entry (
    tenant      TEXT    NOT NULL,
    till        TEXT    NOT NULL,
    incarnation INTEGER NOT NULL,
    sequence    INTEGER NOT NULL CHECK (sequence > 0),
    kind        INTEGER NOT NULL,
    bytes       BLOB    NOT NULL CHECK (length(bytes) BETWEEN 1 AND 4096),
    hash        BLOB    NOT NULL CHECK (length(hash) = 32),
    received_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant, till, incarnation, sequence),
    FOREIGN KEY (tenant, till, incarnation) REFERENCES incarnation
) STRICT;
CREATE TRIGGER journal_entry_stays BEFORE DELETE ON journal_entry
    BEGIN SELECT RAISE(ABORT, 'a journal entry is never deleted'); END;
CREATE TRIGGER journal_entry_unchanged BEFORE UPDATE ON journal_entry
    BEGIN SELECT RAISE(ABORT, 'a journal entry is never changed'); END;

-- Two entries at one place: the one held, and the other.
CREATE TABLE fork_proof (
    tenant      TEXT    NOT NULL,
    till        TEXT    NOT NULL,
    incarnation INTEGER NOT NULL,
    sequence    INTEGER NOT NULL CHECK (sequence > 0),
    other_hash  BLOB    NOT NULL CHECK (length(other_hash) = 32),
    held        BLOB    NOT NULL,
    other       BLOB    NOT NULL CHECK (other <> held),
    found_ms    INTEGER NOT NULL,
    PRIMARY KEY (tenant, till, incarnation, sequence, other_hash),
    FOREIGN KEY (tenant, till, incarnation, sequence) REFERENCES journal_entry
) STRICT, WITHOUT ROWID;
CREATE TRIGGER fork_proof_stays BEFORE DELETE ON fork_proof
    BEGIN SELECT RAISE(ABORT, 'a proof is never deleted'); END;
CREATE TRIGGER fork_proof_unchanged BEFORE UPDATE ON fork_proof
    BEGIN SELECT RAISE(ABORT, 'a proof is never changed'); END;

-- What needs a person's eye.
CREATE TABLE exception (
    tenant      TEXT    NOT NULL,
    till        TEXT    NOT NULL,
    incarnation INTEGER NOT NULL,
    sequence    INTEGER NOT NULL,
    code        TEXT    NOT NULL,
    what        TEXT    NOT NULL,
    raised_ms   INTEGER NOT NULL,
    closed_ms   INTEGER,
    PRIMARY KEY (tenant, till, incarnation, sequence, code),
    FOREIGN KEY (tenant, till, incarnation, sequence) REFERENCES journal_entry
) STRICT, WITHOUT ROWID;
CREATE INDEX exception_open ON exception (tenant, raised_ms) WHERE closed_ms IS NULL;
CREATE TRIGGER exception_stays BEFORE DELETE ON exception
    BEGIN SELECT RAISE(ABORT, 'an exception is closed, never deleted'); END;

CREATE TABLE ledger_transaction (
    tenant            TEXT    NOT NULL REFERENCES tenant,
    id                TEXT    NOT NULL,
    kind              TEXT    NOT NULL,
    day               INTEGER NOT NULL,
    account           TEXT,
    -- The transaction before this one on the same account: a statement is read backwards without an index.
    account_previous  TEXT,
    recorded_ms       INTEGER NOT NULL,
    PRIMARY KEY (tenant, id),
    CHECK (account_previous IS NULL OR account IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_transaction_stays BEFORE DELETE ON ledger_transaction
    BEGIN SELECT RAISE(ABORT, 'a ledger transaction is never deleted'); END;
CREATE TRIGGER ledger_transaction_unchanged BEFORE UPDATE ON ledger_transaction
    BEGIN SELECT RAISE(ABORT, 'a ledger transaction is never changed'); END;

CREATE TABLE ledger_posting (
    tenant TEXT    NOT NULL,
    id     TEXT    NOT NULL,
    line   INTEGER NOT NULL CHECK (line >= 0),
    ledger TEXT    NOT NULL,
    amount INTEGER NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (tenant, id, line),
    FOREIGN KEY (tenant, id) REFERENCES ledger_transaction
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_posting_stays BEFORE DELETE ON ledger_posting
    BEGIN SELECT RAISE(ABORT, 'a posting is never deleted'); END;
CREATE TRIGGER ledger_posting_unchanged BEFORE UPDATE ON ledger_posting
    BEGIN SELECT RAISE(ABORT, 'a posting is never changed'); END;

-- The sum of all postings by ledger account, written in the transaction that posts.
CREATE TABLE ledger_balance (
    tenant  TEXT    NOT NULL REFERENCES tenant,
    ledger  TEXT    NOT NULL,
    balance INTEGER NOT NULL,
    PRIMARY KEY (tenant, ledger)
) STRICT, WITHOUT ROWID;
