-- The ledger's intake: entries and whom they concern, by month. Run once, as the owner, by a migration.

CREATE FUNCTION ledger_refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'The ledger is never changed: % on % was refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE SEQUENCE ledger_entry_number;

CREATE TABLE ledger_entry (
    id          bigint      NOT NULL,
    occurred_at timestamptz NOT NULL,
    kind        text        NOT NULL COLLATE "C",
    actor_id    bigint,
    body        text        NOT NULL COLLATE "C",
    salt        bytea       NOT NULL CHECK (octet_length(salt) = 32),
    leaf_hash   bytea       NOT NULL CHECK (octet_length(leaf_hash) = 32),
    PRIMARY KEY (occurred_at, id)
) PARTITION BY RANGE (occurred_at);
CREATE INDEX ledger_entry_id ON ledger_entry (id);
CREATE INDEX ledger_entry_actor ON ledger_entry (actor_id, occurred_at DESC);

CREATE TABLE ledger_subject (
    occurred_at  timestamptz NOT NULL,
    entry_id     bigint      NOT NULL,
    subject_kind "char"      NOT NULL CHECK (subject_kind IN ('c', 'p')),
    subject_id   bigint      NOT NULL,
    PRIMARY KEY (subject_kind, subject_id, occurred_at, entry_id)
) PARTITION BY RANGE (occurred_at);

COMMENT ON TABLE ledger_entry IS 'Every look, act, grant and refusal: canonical JSON (RFC 8785), salt, leaf hash (RFC 6962).';
COMMENT ON TABLE ledger_subject IS 'Which case (c) or person (p) an entry concerns.';

-- Months are made ahead: the ledger must never lack a place for an entry.
CREATE FUNCTION ledger_make_partitions(months_ahead int DEFAULT 24, first_month date DEFAULT NULL) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    month date := date_trunc('month', coalesce(first_month, current_date))::date;
    made  int := 0;
    stem  text;
    suffix text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('rollkeeper.ledger.partitions', 0));
    WHILE month <= date_trunc('month', current_date)::date + make_interval(months => least(months_ahead, 60)) LOOP
        suffix := to_char(month, 'YYYY_MM');
        IF to_regclass('public.ledger_entry_' || suffix) IS NULL THEN
            FOREACH stem IN ARRAY ARRAY['ledger_entry', 'ledger_subject'] LOOP
                EXECUTE format('CREATE TABLE public.%I PARTITION OF public.%I FOR VALUES FROM (%L) TO (%L)',
                    stem || '_' || suffix, stem, (month::text || ' 00:00+00'),
                    ((month + interval '1 month')::date::text || ' 00:00+00'));
                EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.%I
                    FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_refuse_change()', stem || '_' || suffix);
            END LOOP;
            made := made + 1;
        END IF;
        month := (month + interval '1 month')::date;
    END LOOP;
    RETURN made;
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_subject
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

-- Canonical JSON of RFC 8785 for what entries hold: objects, arrays, strings, whole numbers, true, false, null.
-- Keys are plain ASCII, so byte order is the order of RFC 8785. A call for every value would cost more than the entry:
-- short lists of codes and of numbers, and whole numbers, are their own text without the blanks.
CREATE FUNCTION canonical_json(value jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    plain text := value::text;
BEGIN
    CASE jsonb_typeof(value)
        WHEN 'object' THEN
            IF plain = '{}' THEN
                RETURN plain;
            END IF;
            RETURN '{' || coalesce((SELECT string_agg(
                to_json(e.key)::text || ':' || CASE
                    WHEN e.kind IN ('string', 'boolean', 'null') THEN e.plain
                    WHEN e.kind = 'number' AND e.plain ~ '^(0|[1-9][0-9]{0,15})$' THEN e.plain
                    WHEN e.kind = 'array' AND e.plain ~ '^\[("[a-z_]*"|[0-9]{1,16})(, ("[a-z_]*"|[0-9]{1,16}))*\]$'
                        THEN replace(e.plain, ', ', ',')
                    ELSE canonical_json(e.value) END,
                ',' ORDER BY e.key COLLATE "C")
                FROM (SELECT key, o.value, o.value::text AS plain, jsonb_typeof(o.value) AS kind
                        FROM jsonb_each(value) o(key, value)) e), '') || '}';
        WHEN 'array' THEN
            RETURN '[' || coalesce((SELECT string_agg(canonical_json(a.item), ',' ORDER BY a.place)
                FROM jsonb_array_elements(value) WITH ORDINALITY a(item, place)), '') || ']';
        WHEN 'number' THEN
            IF plain !~ '^-?(0|[1-9][0-9]{0,15})$' OR plain = '-0' THEN
                RAISE EXCEPTION 'A ledger entry holds whole numbers below 10^16 only, not %.', value;
            END IF;
            RETURN plain;
        ELSE
            RETURN plain;
    END CASE;
END $$;

-- Appends an entry and returns its number. "at" and "entry" are set here; the caller gives the rest.
-- The server's clock alone says when: only the owner may name another moment, for the demonstration court.
CREATE FUNCTION ledger_write(kind text, actor bigint, cases bigint[], persons bigint[], detail jsonb,
                             moment timestamptz) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    number bigint := nextval('ledger_entry_number');
BEGIN
    RETURN ledger_put(number, kind, actor, cases, persons, canonical_json(detail || jsonb_build_object(
        'at', to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'entry', number, 'kind', kind, 'actor', actor)), moment);
END $$;

-- Puts an entry in its place and returns its number; the body is canonical JSON that says the same as the other arguments.
CREATE FUNCTION ledger_put(number bigint, kind text, actor bigint, cases bigint[], persons bigint[], body text,
                           moment timestamptz) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    salt bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
    leaf bytea := sha256('\x00'::bytea || salt || convert_to(body, 'UTF8'));
BEGIN
    INSERT INTO ledger_entry VALUES (number, moment, kind, actor, body, salt, leaf);
    INSERT INTO ledger_queue VALUES (number, moment, leaf);
    IF cases <> '{}' OR persons <> '{}' THEN
        INSERT INTO ledger_subject
            SELECT moment, number, 'c', id FROM unnest(cases) id UNION ALL
            SELECT moment, number, 'p', id FROM unnest(persons) id ON CONFLICT DO NOTHING;
    END IF;
    -- The entry must be on disk before anything it opens is read.
    PERFORM set_config('synchronous_commit', 'on', true);
    RETURN number;
END $$;

-- What the site may append by itself: acts and refusals, never a look (only open_look and its kin make those).
CREATE FUNCTION ledger_append(kind text, actor bigint, cases bigint[], persons bigint[], detail jsonb) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF kind ~ '^(look|access|hold)[.]' OR kind IS NULL THEN
        RAISE EXCEPTION 'Only the door writes looks, refusals and holds.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF kind = 'demo.made' AND session_user = 'rollkeeper_app' THEN
        RAISE EXCEPTION 'Only the owner makes a demonstration court.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN ledger_write(kind, actor, cases, persons, detail, clock_timestamp());
END $$;

SELECT ledger_make_partitions(24, (current_date - interval '13 months')::date);

REVOKE ALL ON ledger_entry, ledger_subject FROM PUBLIC;
REVOKE ALL ON SEQUENCE ledger_entry_number FROM PUBLIC;
REVOKE ALL ON FUNCTION ledger_write(text, bigint, bigint[], bigint[], jsonb, timestamptz) FROM PUBLIC;
REVOKE ALL ON FUNCTION ledger_put(bigint, text, bigint, bigint[], bigint[], text, timestamptz) FROM PUBLIC;
REVOKE ALL ON FUNCTION ledger_append(text, bigint, bigint[], bigint[], jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION ledger_make_partitions(int, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_append(text, bigint, bigint[], bigint[], jsonb) TO rollkeeper_app;
GRANT EXECUTE ON FUNCTION ledger_make_partitions(int, date) TO rollkeeper_app;
GRANT SELECT ON ledger_entry, ledger_subject TO rollkeeper_auditor;
