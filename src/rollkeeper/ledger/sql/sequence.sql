-- ledger_sequence: give committed entries their place in the tree.
--
-- Run once, as the owner, by a migration, after tree_tables.sql.
--
-- Order: by entry number among the entries that are committed when the function looks. An entry with a lower number that
-- commits later is still in the queue then and gets a later leaf: nothing waits for slow transactions, nothing is lost.
-- Two sequencers at once: the advisory lock lasts until the caller's transaction ends, so the second one sees the first
-- one's leaves before it counts. (Under REPEATABLE READ its snapshot may be older; the primary key then refuses.)
-- Returns the new leaves in order; no row when the queue is empty.

CREATE FUNCTION ledger_sequence(max_rows int)
RETURNS TABLE (leaf_index bigint, leaf_hash bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    first_index bigint;
    taken       bigint[];
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('rollkeeper.ledger.tree', 0));
    taken := ARRAY(SELECT entry_id FROM ledger_queue ORDER BY entry_id LIMIT max_rows);
    IF cardinality(taken) = 0 THEN
        RETURN;
    END IF;
    SELECT coalesce(max(l.leaf_index) + 1, 0) INTO first_index FROM ledger_leaf l;
    INSERT INTO ledger_leaf (leaf_index, entry_id, occurred_at, leaf_hash)
        SELECT first_index + t.place - 1, q.entry_id, q.occurred_at, q.leaf_hash
          FROM unnest(taken) WITH ORDINALITY t(entry_id, place) JOIN ledger_queue q USING (entry_id);
    DELETE FROM ledger_queue WHERE entry_id = ANY (taken);
    RETURN QUERY SELECT l.leaf_index, l.leaf_hash FROM ledger_leaf l WHERE l.leaf_index >= first_index ORDER BY 1;
END $$;

REVOKE ALL ON FUNCTION ledger_sequence(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_sequence(int) TO rollkeeper_app;
