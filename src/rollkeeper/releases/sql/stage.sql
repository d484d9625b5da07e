-- A schema of its own for a release on its way into the record: made anew for each load, unlogged, gone afterwards.

DROP SCHEMA IF EXISTS release_staging CASCADE;
CREATE SCHEMA release_staging;
REVOKE ALL ON SCHEMA release_staging FROM PUBLIC;

CREATE UNLOGGED TABLE release_staging.keys (file text, code text, label text);

-- HHMM as a time of day; the reader has already refused what is none.
CREATE FUNCTION release_staging.clock(hhmm text) RETURNS time LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN btrim(hhmm) <> '' THEN make_time(left(btrim(hhmm), 2)::int, right(btrim(hhmm), 2)::int, 0) END
$$;
-- Whole dollars; zero is a value. What no court would set is left empty.
CREATE FUNCTION release_staging.dollars(amount text) RETURNS int LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN btrim(amount) <> '' AND btrim(amount)::numeric < 1e9 THEN floor(btrim(amount)::numeric)::int END
$$;
