-- Gives each court's office its imported cases, and chambers the cases of their judge, so that the desks open them.

INSERT INTO access_principal (kind, name, name_es, court_id)
SELECT DISTINCT 'court', 'Clerk''s office, ' || o.name, 'Secretaría, ' || o.name, o.id
  FROM release_staging.case_facts f JOIN courts_court o ON o.code = f.court
 WHERE NOT EXISTS (SELECT FROM access_principal p WHERE p.kind = 'court' AND p.court_id = o.id);

-- A case that moved: the former court's right ends.
UPDATE access_caserelation r SET valid_until = current_setting('rollkeeper.loaded_at')::timestamptz
  FROM release_staging.case_facts f JOIN cases_case c ON c.release_key = f.idncase, access_principal p
 WHERE r.case_id = c.id AND r.principal_id = p.id AND r.valid_until IS NULL
   AND ((r.kind = 'court' AND p.court_id IS DISTINCT FROM c.court_id)
        OR (r.kind = 'judge' AND p.kind = 'chambers' AND p.judge_id IS DISTINCT FROM c.judge_id));

INSERT INTO access_caserelation (principal_id, case_id, kind, protections, valid_from, filed_on)
SELECT n.principal_id, n.case_id, n.kind, k.protections, current_setting('rollkeeper.loaded_at')::timestamptz, n.filed_on
  FROM (SELECT p.id AS principal_id, c.id AS case_id, 'court' AS kind, c.filed_on
          FROM release_staging.case_facts f JOIN cases_case c ON c.release_key = f.idncase
          JOIN access_principal p ON p.court_id = c.court_id AND p.kind = 'court'
        UNION ALL
        SELECT p.id, c.id, 'judge', c.filed_on
          FROM release_staging.case_facts f JOIN cases_case c ON c.release_key = f.idncase
          JOIN access_principal p ON p.judge_id = c.judge_id AND p.kind = 'chambers') n
  JOIN release_staging.relation_kinds k ON k.relation = n.kind
    ON CONFLICT (case_id, principal_id, kind) DO UPDATE
       SET valid_until = NULL, filed_on = EXCLUDED.filed_on
     WHERE access_caserelation.valid_until IS NOT NULL OR access_caserelation.filed_on IS DISTINCT FROM EXCLUDED.filed_on;
