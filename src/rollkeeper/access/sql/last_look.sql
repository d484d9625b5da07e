-- When the reader last opened a case's docket, for "what changed since your last look". Run as the owner after every
-- migration. It answers only about the reader of this backend's look, and only about a case in that look.
--
-- Reloading a page or changing its tab is the same visit, so the caller asks for the last time before the visit began.
-- Only the newest 500 entries about the case are searched: what was seen longer ago than that counts as never.

CREATE OR REPLACE FUNCTION last_docket_look(wanted bigint, before timestamptz) RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    mine public.look := public.look_mine();
BEGIN
    IF mine.account_id IS NULL OR NOT wanted = ANY (mine.case_ids) THEN
        RETURN NULL;
    END IF;
    RETURN (
        SELECT max(e.occurred_at)
          FROM (SELECT s.entry_id, s.occurred_at FROM public.ledger_subject s
                 WHERE s.subject_kind = 'c' AND s.subject_id = wanted AND s.occurred_at < before
                 ORDER BY s.occurred_at DESC, s.entry_id DESC LIMIT 500) s
          JOIN public.ledger_entry e ON e.id = s.entry_id AND e.occurred_at = s.occurred_at
         WHERE e.actor_id = mine.account_id AND e.kind = 'look.opened' AND e.body::jsonb ->> 'act' = 'docket.read');
END $$;
