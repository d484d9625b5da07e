-- What is known of each case as a whole, gathered from the staged tables. Run once they are checked.

-- The last proceeding of a case, by a full tie-break so that a second load decides alike; an open one comes last.
CREATE UNLOGGED TABLE release_staging.last_proceeding AS
SELECT DISTINCT ON (idncase)
       idncase, nullif(btrim(base_city_code), '') AS court, nullif(btrim(ij_code), '') AS judge,
       nullif(btrim(case_type), '') AS case_type, nullif(btrim(dec_code), '') AS dec_code,
       nullif(btrim(other_comp), '') AS other_comp, comp_date
  FROM release_staging.b_tblproceeding
 ORDER BY idncase, comp_date IS NULL DESC, comp_date DESC, dec_code DESC NULLS LAST, other_comp DESC NULLS LAST,
          idnproceeding DESC;

CREATE UNLOGGED TABLE release_staging.case_facts AS
SELECT a.idncase,
       coalesce(l.court, nullif(btrim(a.update_site), ''), '???') AS court,
       l.judge,
       coalesce(nullif(btrim(a.case_type), ''), l.case_type, '???') AS case_type,
       nullif(btrim(a.custody), '') AS custody,
       CASE WHEN l.idncase IS NULL OR l.comp_date IS NULL THEN 'pending'
            WHEN EXISTS (SELECT FROM release_staging.tblappeal p WHERE p.idncase = a.idncase AND p.datbiadecision IS NULL)
                THEN 'on_appeal'
            WHEN l.dec_code IS NULL AND EXISTS (
                SELECT FROM public.law_decision d
                 WHERE d.case_type_id = l.case_type AND d.decision_type = 'O' AND d.code = l.other_comp
                   AND d.label ILIKE 'administrative clos%') THEN 'closed'
            ELSE 'decided' END AS status,
       (SELECT min(coalesce(left(b.input_date, 10), left(b.osc_date, 10)))::date
          FROM release_staging.b_tblproceeding b WHERE b.idncase = a.idncase) AS filed_on,
       left(a.date_of_entry, 10)::date AS entered_on,
       nullif(btrim(split_part(a.c_birthdate, '/', 1)), '')::smallint AS born_month,
       nullif(btrim(split_part(a.c_birthdate, '/', 2)), '')::smallint AS born_year,
       CASE WHEN btrim(a.sex) IN ('M', 'F') THEN btrim(a.sex) ELSE '' END AS sex,
       nullif(btrim(a.nat), '') AS nationality,
       nullif(btrim(a.lang), '') AS language,
       coalesce((SELECT j.idnjuvenile <> 5 FROM release_staging.tbl_juvenilehistory j WHERE j.idncase = a.idncase
                  ORDER BY coalesce(j.datmodifiedon, j.datcreatedon) DESC NULLS LAST, j.idnjuvenilehistory DESC LIMIT 1),
                false) AS is_juvenile,
       NULL::bigint AS person_id
  FROM release_staging.a_tblcase a
  LEFT JOIN release_staging.last_proceeding l ON l.idncase = a.idncase;
CREATE UNIQUE INDEX ON release_staging.case_facts (idncase);
ANALYZE release_staging.case_facts;
