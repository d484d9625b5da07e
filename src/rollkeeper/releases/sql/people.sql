-- One de-identified person for each imported case: no name, no number; month and year of birth only.

UPDATE release_staging.case_facts f SET person_id = c.respondent_id
  FROM cases_case c WHERE c.release_key = f.idncase;
CREATE UNLOGGED TABLE release_staging.new_person AS
SELECT idncase, nextval(pg_get_serial_sequence('people_person', 'id')) AS person_id
  FROM release_staging.case_facts WHERE person_id IS NULL ORDER BY idncase;
UPDATE release_staging.case_facts f SET person_id = n.person_id
  FROM release_staging.new_person n WHERE n.idncase = f.idncase;

INSERT INTO people_person (id, born_year, born_month, sex, nationality_id, language_id, vital_status, vital_status_source,
                           is_juvenile, key_name)
SELECT f.person_id, f.born_year, f.born_month, f.sex, f.nationality, f.language, 'living', '', f.is_juvenile, ''
  FROM release_staging.case_facts f JOIN release_staging.new_person n ON n.idncase = f.idncase
 ORDER BY f.person_id;

UPDATE people_person p
   SET born_year = f.born_year, born_month = f.born_month, sex = f.sex, nationality_id = f.nationality,
       language_id = f.language, is_juvenile = f.is_juvenile
  FROM release_staging.case_facts f JOIN cases_case c ON c.release_key = f.idncase
 WHERE p.id = f.person_id AND c.last_release <= current_setting('rollkeeper.release')
   AND (p.born_year, p.born_month, p.sex, p.nationality_id, p.language_id, p.is_juvenile)
       IS DISTINCT FROM (f.born_year, f.born_month, f.sex, f.nationality, f.language, f.is_juvenile);
