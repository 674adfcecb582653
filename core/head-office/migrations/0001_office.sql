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
    tenant  TEXT NOT NULL REFERENCES tenant,
    till    TEXT NOT NULL,
    name    TEXT NOT NULL,
    state   TEXT NOT NULL CHECK (state IN ('active', 'revoked')),
    profile TEXT NOT NULL CHECK (profile IN ('collector', 'counter', 'merchant', 'kiosk')),
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
    -- What the device's storage was found to be, as the device says, and since when it says so; NULL: it never said.
    storage     TEXT CHECK (storage IN ('flushes', 'needs-syncfs', 'does-not-flush', 'in-memory', 'unknown')),
    storage_ms  INTEGER,
    PRIMARY KEY (tenant, till, incarnation),
    FOREIGN KEY (tenant, till) REFERENCES till,
    CHECK ((storage IS NULL) = (storage_ms IS NULL))
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

-- What tills asked to be paid by UPI or card: one row for each such journal entry, as its end, its receipt and its money come.
CREATE TABLE payment_request (
    tenant         TEXT    NOT NULL,
    till           TEXT    NOT NULL,
    incarnation    INTEGER NOT NULL,
    sequence       INTEGER NOT NULL,
    account        TEXT,
    bill           TEXT,
    amount         INTEGER NOT NULL CHECK (amount > 0),
    mode           TEXT    NOT NULL CHECK (mode IN ('upi', 'card')),
    made_ms        INTEGER NOT NULL,
    expires_ms     INTEGER,
    -- Of the newest end in the journal; 'unknown' is not an end.
    outcome        TEXT    CHECK (outcome IN ('failed', 'expired', 'unknown', 'let-go', 'declined')),
    -- The place of the receipt that names it.
    receipt        INTEGER CHECK (receipt > sequence),
    -- The code that the payment service made for it.
    qr             TEXT,
    link           TEXT,
    qr_closed      INTEGER NOT NULL DEFAULT 0 CHECK (qr_closed IN (0, 1)),
    looked_ms      INTEGER,
    -- The newest word about it to the till. Each change takes the next number of the till.
    word_number    INTEGER NOT NULL CHECK (word_number > 0),
    word_state     TEXT    NOT NULL CHECK (word_state IN ('waiting', 'paid', 'realised', 'failed', 'over', 'credited', 'refund-due')),
    word_came      INTEGER NOT NULL CHECK ((word_came > 0) = (word_state IN ('paid', 'realised', 'credited', 'refund-due'))),
    word_reference TEXT,
    PRIMARY KEY (tenant, till, incarnation, sequence),
    FOREIGN KEY (tenant, till, incarnation, sequence) REFERENCES journal_entry,
    CHECK ((qr IS NULL) = (link IS NULL) AND (qr_closed = 0 OR qr IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX payment_request_by_word ON payment_request (tenant, till, word_number);
CREATE INDEX payment_request_open ON payment_request (tenant, till, sequence) WHERE word_state = 'waiting';
-- Money that waits for its receipt, by whose it is: the page of a bill must not ask for it again.
CREATE INDEX payment_request_paid ON payment_request (tenant, account) WHERE word_state = 'paid';
CREATE INDEX payment_request_codes ON payment_request (tenant, till) WHERE qr IS NOT NULL AND qr_closed = 0;
CREATE TRIGGER payment_request_stays BEFORE DELETE ON payment_request
    BEGIN SELECT RAISE(ABORT, 'a payment request is never deleted'); END;
CREATE TRIGGER payment_request_unchanged BEFORE UPDATE ON payment_request
    WHEN new.account IS NOT old.account OR new.bill IS NOT old.bill OR new.amount <> old.amount OR new.mode <> old.mode
      OR new.made_ms <> old.made_ms OR new.expires_ms IS NOT old.expires_ms
      OR (old.receipt IS NOT NULL AND new.receipt IS NOT old.receipt)
      OR new.word_number < old.word_number
    BEGIN SELECT RAISE(ABORT, 'what was asked is never changed'); END;

-- References (RRN, UTR) on receipts for money that is not cash: by them a payment finds its receipt if nothing else helps.
CREATE TABLE receipt_reference (
    tenant      TEXT    NOT NULL,
    till        TEXT    NOT NULL,
    incarnation INTEGER NOT NULL,
    sequence    INTEGER NOT NULL,
    reference   TEXT    NOT NULL,
    -- The payment request that it names; its own place if none.
    about       INTEGER NOT NULL CHECK (about BETWEEN 1 AND sequence),
    account     TEXT    NOT NULL,
    amount      INTEGER NOT NULL CHECK (amount > 0),
    mode        TEXT    NOT NULL CHECK (mode IN ('upi', 'card', 'cheque')),
    PRIMARY KEY (tenant, till, incarnation, sequence),
    FOREIGN KEY (tenant, till, incarnation, sequence) REFERENCES journal_entry
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_reference_by_text ON receipt_reference (tenant, reference);
CREATE TRIGGER receipt_reference_stays BEFORE DELETE ON receipt_reference
    BEGIN SELECT RAISE(ABORT, 'a reference is never deleted'); END;

-- Every payment that the payment service or a bank told of, by its id there. What became of it may move on; what came stays.
CREATE TABLE payment (
    tenant          TEXT    NOT NULL REFERENCES tenant,
    payment         TEXT    NOT NULL,
    reference       TEXT,
    amount          INTEGER NOT NULL CHECK (amount > 0),
    rrn             TEXT,
    paid_ms         INTEGER NOT NULL,
    recorded_ms     INTEGER NOT NULL,
    mode            TEXT    NOT NULL CHECK (mode IN ('upi', 'card', 'cheque')),
    fate            TEXT    NOT NULL CHECK (fate IN ('matched', 'credited', 'refund-due', 'refunded')),
    -- The payment request (or the receipt) that it is for; the request may still be to come.
    till            TEXT,
    incarnation     INTEGER,
    sequence        INTEGER,
    -- Whom the office credited.
    account         TEXT    CHECK ((account IS NOT NULL) = (fate = 'credited')),
    -- When it was told of again with another content, first.
    contradicted_ms INTEGER,
    PRIMARY KEY (tenant, payment),
    CHECK ((till IS NULL) = (sequence IS NULL) AND (incarnation IS NULL) = (sequence IS NULL)),
    CHECK (fate <> 'matched' OR till IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_about ON payment (tenant, till, incarnation, sequence) WHERE till IS NOT NULL;
CREATE INDEX payment_set_aside ON payment (tenant, reference) WHERE fate = 'refund-due';
CREATE INDEX payment_by_rrn ON payment (tenant, rrn) WHERE rrn IS NOT NULL;
CREATE TRIGGER payment_stays BEFORE DELETE ON payment
    BEGIN SELECT RAISE(ABORT, 'a payment is never deleted'); END;
CREATE TRIGGER payment_unchanged BEFORE UPDATE ON payment
    WHEN new.reference IS NOT old.reference OR new.amount <> old.amount OR new.rrn IS NOT old.rrn
      OR new.paid_ms <> old.paid_ms OR new.recorded_ms <> old.recorded_ms
      OR (old.fate IN ('credited', 'refunded') AND new.fate <> old.fate)
    BEGIN SELECT RAISE(ABORT, 'a payment is never changed'); END;

-- Complaints about payments, as the tills opened them.
CREATE TABLE complaint (
    tenant       TEXT    NOT NULL,
    till         TEXT    NOT NULL,
    incarnation  INTEGER NOT NULL,
    sequence     INTEGER NOT NULL,
    requested    INTEGER NOT NULL CHECK (requested > 0),
    cause        TEXT    NOT NULL CHECK (cause IN ('unknown', 'failed', 'payer-says', 'not-realised')),
    reference    TEXT,
    promised     INTEGER NOT NULL,
    bank_due     INTEGER NOT NULL,
    opened_ms    INTEGER NOT NULL,
    outcome      TEXT    CHECK (outcome IN ('paid', 'credited', 'refunded', 'not-debited', 'realised')),
    closed_ms    INTEGER CHECK ((closed_ms IS NULL) = (outcome IS NULL)),
    PRIMARY KEY (tenant, till, incarnation, sequence),
    FOREIGN KEY (tenant, till, incarnation, sequence) REFERENCES journal_entry
) STRICT, WITHOUT ROWID;
CREATE INDEX complaint_open ON complaint (tenant, till, incarnation, requested) WHERE closed_ms IS NULL;
CREATE TRIGGER complaint_stays BEFORE DELETE ON complaint
    BEGIN SELECT RAISE(ABORT, 'a complaint is closed, never deleted'); END;
CREATE TRIGGER complaint_unchanged BEFORE UPDATE ON complaint
    WHEN old.closed_ms IS NOT NULL OR new.requested <> old.requested OR new.opened_ms <> old.opened_ms
    BEGIN SELECT RAISE(ABORT, 'a complaint is closed once'); END;
