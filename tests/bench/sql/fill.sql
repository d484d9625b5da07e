-- Fills a migrated database for the measurements. Run as the owner, with triggers off and secondary indexes dropped.
-- %(people)s people, each with a name (already copied into bench_name), an A-number and a case.
--
-- Readers: account "board" has a right to every case, "clerk" to the 100,000 of one court, "counsel" to 500 of those.

INSERT INTO people_personname (person_id, kind, family, given, protection)
SELECT person, kind, family, given, '' FROM bench_name;

INSERT INTO people_person (id, born_on, sex, nationality_id, language_id, vital_status, vital_status_source, is_juvenile,
                           key_name)
SELECT person, date '1950-01-01' + (person * 7919 %% 22000)::int, CASE person %% 2 WHEN 0 THEN 'F' ELSE 'M' END, nation, NULL, 'living', '',
       false, ''
  FROM bench_name WHERE kind = 'legal';

INSERT INTO people_identifier (person_id, kind, value, protection)
SELECT n, 'a_number', lpad((200000000 + n)::text, 9, '0'), '' FROM generate_series(1, %(people)s) n;

CREATE TEMPORARY TABLE bench_court AS SELECT row_number() OVER (ORDER BY code) - 1 AS place, id, code FROM courts_court;

-- One case in ten of the first million belongs to the first court; the rest are spread over the others.
INSERT INTO cases_case (id, number, respondent_id, court_id, case_type_id, custody_id, status, filed_on, is_sealed,
                        first_release, last_release)
SELECT n, format('%%s-%%s-%%s', c.code, to_char(n %% 20 + 5, 'FM00'), lpad(n::text, 8, '0')), n, c.id, 'RMV', 'N',
       CASE WHEN n %% 3 = 0 THEN 'decided' ELSE 'pending' END, date '2005-01-01' + (n * 104729::bigint %% 7900)::int, false, '', ''
  FROM generate_series(1, %(people)s) n
  JOIN bench_court c ON c.place = CASE WHEN n %% 10 = 0 AND n <= 1000000 THEN 0
                                       ELSE 1 + n %% ((SELECT count(*) FROM bench_court) - 1) END;

INSERT INTO access_principal (id, kind, name, name_es, court_id)
SELECT 1, 'office', 'Clerk''s office of the Board', '', NULL::bigint
UNION ALL SELECT 1000 + place, 'court', 'Clerk''s office, ' || code, '', id FROM bench_court
UNION ALL SELECT 2000 + place, 'office', 'Office of the government''s counsel, ' || code, '', NULL FROM bench_court
UNION ALL SELECT 10000 + n, 'firm', 'Firm ' || n, '', NULL FROM generate_series(0, 19999) n;

INSERT INTO access_caserelation (principal_id, case_id, kind, protections, valid_from, filed_on)
SELECT r.principal, c.id, r.kind, r.protections, c.filed_on, c.filed_on
  FROM cases_case c JOIN bench_court t ON t.id = c.court_id
 CROSS JOIN LATERAL (VALUES
    (1::bigint, 'board', ARRAY['contact', 'identity', 'fear_claim', 'juvenile', 'medical']),
    (1000 + t.place, 'court', ARRAY['contact', 'identity', 'fear_claim', 'juvenile', 'medical']),
    (2000 + t.place, 'government', ARRAY['contact', 'identity', 'fear_claim', 'juvenile', 'encounters']),
    (CASE WHEN t.place = 0 AND c.id %% 2000 = 0 THEN 10000 ELSE 10001 + c.id %% 19999 END, 'counsel',
        ARRAY['contact', 'identity', 'fear_claim', 'survivor', 'juvenile', 'medical', 'encounters'])
  ) r(principal, kind, protections)
 WHERE r.kind <> 'counsel' OR c.id %% 5 < 3
 ORDER BY c.id;

INSERT INTO accounts_account (id, username, password, first_name, last_name, email, is_superuser, is_staff, is_active,
                              date_joined, desk, display_name, is_demo, demo_line, language)
SELECT id, name, '!', '', '', '', false, false, true, now(), desk, 'Bench ' || name, false, '', 'en'
  FROM (VALUES (1, 'board', 'board'), (2, 'clerk', 'clerk'), (3, 'counsel', 'counsel')) a(id, name, desk);
INSERT INTO access_membership (account_id, principal_id, valid_from)
SELECT account, principal, now() - interval '1 day' FROM (VALUES (1, 1), (2, 1000), (3, 10000)) m(account, principal);

-- Ten entries on every docket of the first court.
INSERT INTO docket_docketentry (case_id, number, kind, title, filed_at, entered_at, side, filed_by, protection,
                                struck_by, struck_reason, sealed_by)
SELECT c.id, e, 'motion', 'Motion number ' || e || ' of the respondent for a continuance of the hearing',
       c.filed_on + e * interval '20 days', c.filed_on + e * interval '20 days', 'respondent', 'Counsel of record', '',
       '', '', ''
  FROM cases_case c JOIN bench_court t ON t.id = c.court_id AND t.place = 0 CROSS JOIN generate_series(1, 10) e
 WHERE c.id <= 1000000 ORDER BY c.id, e;

SELECT setval(pg_get_serial_sequence('people_person', 'id'), %(people)s),
       setval(pg_get_serial_sequence('cases_case', 'id'), %(people)s),
       setval(pg_get_serial_sequence('access_principal', 'id'), 40000),
       setval(pg_get_serial_sequence('accounts_account', 'id'), 100);
