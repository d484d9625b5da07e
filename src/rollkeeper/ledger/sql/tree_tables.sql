-- The tree beside the entries: queue, leaves, full tiles, signed checkpoints.
--
-- Run once, as the owner, by a migration, after tables.sql (which makes ledger_entry and ledger_refuse_change()).
-- Only hashes are here: nothing in these tables tells who looked at whom, so the site may read them all.
--
--   ledger_queue       committed entries that have no leaf yet; ledger_append adds, ledger_sequence removes
--   ledger_leaf        leaf i of the tree is entry e; i runs 0, 1, 2 … without a gap
--   ledger_tile        full tiles (256 hashes) of C2SP tlog-tiles. A partial tile is never stored: level 0 is read from
--                      ledger_leaf, level L from the roots of the full tiles of level L-1. So nothing here ever changes.
--   ledger_checkpoint  every signed checkpoint, the idle heartbeats too

CREATE TABLE ledger_queue (
    entry_id    bigint      PRIMARY KEY,
    occurred_at timestamptz NOT NULL,
    leaf_hash   bytea       NOT NULL CHECK (octet_length(leaf_hash) = 32)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

CREATE TABLE ledger_leaf (
    leaf_index  bigint      PRIMARY KEY CHECK (leaf_index >= 0),
    entry_id    bigint      NOT NULL UNIQUE,
    occurred_at timestamptz NOT NULL,
    leaf_hash   bytea       NOT NULL CHECK (octet_length(leaf_hash) = 32)
);

CREATE TABLE ledger_tile (
    level       int         NOT NULL CHECK (level BETWEEN 0 AND 7),
    tile_index  bigint      NOT NULL CHECK (tile_index >= 0),
    hashes      bytea       NOT NULL CHECK (octet_length(hashes) = 8192),
    root        bytea       NOT NULL CHECK (octet_length(root) = 32),
    PRIMARY KEY (level, tile_index)
);
-- Hashes do not compress; kept out of line, the roots of 255 tiles are read from a few pages.
ALTER TABLE ledger_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;

CREATE TABLE ledger_checkpoint (
    made_at     timestamptz PRIMARY KEY,
    size        bigint      NOT NULL CHECK (size >= 0),
    root        bytea       NOT NULL CHECK (octet_length(root) = 32),
    note        text        NOT NULL
);
CREATE INDEX ledger_checkpoint_size ON ledger_checkpoint (size, made_at);

COMMENT ON TABLE ledger_queue IS 'Committed ledger entries that the sequencer has not placed in the tree yet.';
COMMENT ON TABLE ledger_leaf IS 'Which entry is which leaf of the Merkle tree. Written by ledger_sequence() alone.';
COMMENT ON TABLE ledger_tile IS 'Full tiles of C2SP tlog-tiles, each with the root of its 256 hashes.';
COMMENT ON TABLE ledger_checkpoint IS 'Every checkpoint the log signed, in the order of signing.';

-- A leaf follows the last one, whoever inserts it.
CREATE FUNCTION ledger_leaf_follows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    first_new bigint;
    last_new  bigint;
    count_new bigint;
    before    bigint;
BEGIN
    SELECT min(leaf_index), max(leaf_index), count(*) INTO first_new, last_new, count_new FROM added;
    IF count_new = 0 THEN
        RETURN NULL;
    END IF;
    SELECT coalesce(max(leaf_index), -1) INTO before FROM ledger_leaf WHERE leaf_index < first_new;
    IF before <> first_new - 1 OR last_new - first_new + 1 <> count_new
       OR EXISTS (SELECT FROM ledger_leaf WHERE leaf_index > last_new) THEN
        RAISE EXCEPTION 'A leaf must follow the last leaf of the ledger; % does not follow %.', first_new, before
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_leaf_follows AFTER INSERT ON ledger_leaf
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_leaf_follows();

-- An entry leaves the queue only for a place in the tree.
CREATE FUNCTION ledger_queue_keeps() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    lost bigint;
BEGIN
    -- A sub-select for each row: always an index look-up, whatever the planner believes of the table's size.
    SELECT g.entry_id INTO lost FROM gone g
     WHERE (SELECT l.entry_id FROM ledger_leaf l WHERE l.entry_id = g.entry_id) IS NULL LIMIT 1;
    IF lost IS NOT NULL THEN
        RAISE EXCEPTION 'Ledger entry % has no leaf yet and stays in the queue.', lost
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_queue_keeps AFTER DELETE ON ledger_queue
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION ledger_queue_keeps();

-- A checkpoint never goes back: not in time, not in size, and one size has one root.
CREATE FUNCTION ledger_checkpoint_follows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last ledger_checkpoint;
    leaves bigint;
BEGIN
    SELECT * INTO last FROM ledger_checkpoint ORDER BY made_at DESC LIMIT 1;
    SELECT coalesce(max(leaf_index) + 1, 0) INTO leaves FROM ledger_leaf;
    IF NEW.size > leaves OR NEW.made_at <= last.made_at OR NEW.size < last.size
       OR (NEW.size = last.size AND NEW.root <> last.root) THEN
        RAISE EXCEPTION 'A checkpoint of size % made at % does not follow the last one (size %, made at %, % leaves).',
            NEW.size, NEW.made_at, last.size, last.made_at, leaves
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_checkpoint_follows BEFORE INSERT ON ledger_checkpoint
    FOR EACH ROW EXECUTE FUNCTION ledger_checkpoint_follows();

CREATE TRIGGER ledger_queue_append_only BEFORE UPDATE OR TRUNCATE ON ledger_queue
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_leaf_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_leaf
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_tile_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_tile
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_checkpoint_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

REVOKE ALL ON ledger_queue, ledger_leaf, ledger_tile, ledger_checkpoint FROM PUBLIC;
GRANT SELECT ON ledger_queue, ledger_leaf, ledger_tile, ledger_checkpoint TO rollkeeper_app, rollkeeper_auditor;
GRANT INSERT ON ledger_tile, ledger_checkpoint TO rollkeeper_app;
