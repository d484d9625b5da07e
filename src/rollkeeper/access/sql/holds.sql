-- Holds. Entered by the owner (a command) until the court's own page exists. Run as the owner after every migration.

CREATE OR REPLACE FUNCTION place_hold(what text, subject bigint, reference text, by_account bigint DEFAULT NULL)
RETURNS bigint LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    number bigint;
BEGIN
    INSERT INTO public.access_hold (scope, subject_id, order_reference, placed_at)
        VALUES (what, subject, reference, clock_timestamp()) RETURNING id INTO number;
    PERFORM public.ledger_write('hold.placed', by_account, CASE what WHEN 'case' THEN ARRAY[subject] ELSE '{}' END,
        CASE what WHEN 'person' THEN ARRAY[subject] ELSE '{}' END,
        jsonb_build_object('hold', number, 'scope', what, 'subject', subject, 'order', reference), clock_timestamp());
    RETURN number;
END $$;

CREATE OR REPLACE FUNCTION lift_hold(wanted bigint, reference text, by_account bigint DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.access_hold SET lifted_at = clock_timestamp() WHERE id = wanted AND lifted_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM public.ledger_write('hold.lifted', by_account, '{}', '{}',
        jsonb_build_object('hold', wanted, 'order', reference), clock_timestamp());
    RETURN true;
END $$;
