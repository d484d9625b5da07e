-- How staged rows become rows of the record: one view for each record table, named like it, with its columns.
-- release_key is the row's key in the release; the writer adds first_release and last_release.

CREATE VIEW release_staging.cases_case AS
SELECT f.idncase AS release_key, 'EOIR-' || f.idncase AS number, f.person_id AS respondent_id, o.id AS court_id,
       j.id AS judge_id, f.case_type AS case_type_id, f.custody AS custody_id, f.status, f.filed_on, f.entered_on,
       false AS is_sealed
  FROM release_staging.case_facts f
  JOIN public.courts_court o ON o.code = f.court
  LEFT JOIN public.courts_judge j ON j.code = f.judge;

-- New proceedings of a case that is already here are numbered after the old ones.
CREATE VIEW release_staging.cases_proceeding AS
SELECT b.idnproceeding AS release_key, c.id AS case_id,
       coalesce(old.number, (SELECT coalesce(max(p.number), 0) FROM public.cases_proceeding p WHERE p.case_id = c.id)
           + row_number() OVER (PARTITION BY c.id, old.id IS NULL ORDER BY b.idnproceeding))::smallint AS number,
       o.id AS court_id, h.id AS location_id, j.id AS judge_id, coalesce(nullif(btrim(b.case_type), ''), '???') AS case_type_id,
       left(b.osc_date, 10)::date AS charged_on, left(b.input_date, 10)::date AS opened_on,
       left(b.comp_date, 10)::date AS completed_on, d.id AS decision_id, e.id AS other_completion_id,
       coalesce(btrim(b.dec_type), '') AS decision_form,
       CASE upper(btrim(b.absentia)) WHEN 'Y' THEN true WHEN 'N' THEN false END AS in_absentia
  FROM release_staging.b_tblproceeding b
  JOIN public.cases_case c ON c.release_key = b.idncase
  JOIN public.courts_court o ON o.code = coalesce(nullif(btrim(b.base_city_code), ''), '???')
  LEFT JOIN public.cases_proceeding old ON old.release_key = b.idnproceeding
  LEFT JOIN public.courts_hearinglocation h ON h.code = nullif(btrim(b.hearing_loc_code), '')
  LEFT JOIN public.courts_judge j ON j.code = nullif(btrim(b.ij_code), '')
  LEFT JOIN public.law_decision d ON d.case_type_id = btrim(b.case_type) AND d.decision_type = 'C' AND d.code = btrim(b.dec_code)
  LEFT JOIN public.law_decision e ON e.case_type_id = btrim(b.case_type) AND e.decision_type = 'O' AND e.code = btrim(b.other_comp);

CREATE VIEW release_staging.cases_charge AS
SELECT s.idnprcdchg AS release_key, c.id AS case_id, p.id AS proceeding_id, coalesce(nullif(btrim(s.charge), ''), '???') AS code_id,
       CASE upper(btrim(s.chg_status)) WHEN 'S' THEN 'sustained' WHEN 'N' THEN 'not_sustained' WHEN 'W' THEN 'withdrawn'
            ELSE CASE WHEN nullif(btrim(s.chg_status), '') IS NULL THEN '' ELSE 'other' END END AS outcome,
       coalesce(btrim(s.chg_status), '') AS released_status
  FROM release_staging.b_tblproceedcharges s
  JOIN public.cases_case c ON c.release_key = s.idncase
  LEFT JOIN public.cases_proceeding p ON p.release_key = s.idnproceeding;

CREATE VIEW release_staging.hearings_hearing AS
SELECT s.idnschedule AS release_key, c.id AS case_id, p.id AS proceeding_id, NULL::bigint AS session_id, j.id AS judge_id,
       o.id AS court_id, h.id AS location_id, nullif(btrim(s.cal_type), '') AS calendar_type_id,
       nullif(btrim(s.schedule_type), '') AS schedule_type_id,
       CASE upper(btrim(s.adj_medium)) WHEN 'P' THEN 'in_person' WHEN 'V' THEN 'video' WHEN 'T' THEN 'telephone'
            WHEN 'A' THEN 'internet' WHEN 'W' THEN 'internet' WHEN 'C' THEN 'internet' ELSE '' END AS medium,
       nullif(btrim(s.lang), '') AS language_id,
       (left(s.adj_date, 10)::date + coalesce(release_staging.clock(s.adj_time_start), time '00:00'))
           AT TIME ZONE coalesce(o.time_zone, 'America/New_York') AS starts_at,
       CASE WHEN release_staging.clock(s.adj_time_stop) > release_staging.clock(s.adj_time_start)
            THEN extract(epoch FROM release_staging.clock(s.adj_time_stop) - release_staging.clock(s.adj_time_start))::int / 60
            ELSE 30 END::smallint AS minutes,
       nullif(btrim(s.adj_rsn), '') AS adjournment_id, NULL::date AS adjourned_on, NULL::date AS notice_sent_on
  FROM release_staging.tbl_schedule s
  JOIN public.cases_case c ON c.release_key = s.idncase
  LEFT JOIN public.cases_proceeding p ON p.release_key = s.idnproceeding
  LEFT JOIN public.courts_court o ON o.code = nullif(btrim(s.base_city_code), '')
  LEFT JOIN public.courts_hearinglocation h ON h.code = nullif(btrim(s.hearing_loc_code), '')
  LEFT JOIN public.courts_judge j ON j.code = nullif(btrim(s.ij_code), '');

-- The very existence of a fear claim is confidential (8 CFR 1208.6).
CREATE VIEW release_staging.cases_application AS
SELECT s.idnproceedingappln AS release_key, c.id AS case_id, p.id AS proceeding_id, t.code AS application_type_id,
       left(s.appl_recd_date, 10)::date AS received_on, NULL::date AS decided_on, nullif(btrim(s.appl_dec), '') AS decision_id,
       CASE WHEN t.is_fear_claim THEN 'fear_claim' ELSE '' END AS protection
  FROM release_staging.tbl_court_appln s
  JOIN public.cases_case c ON c.release_key = s.idncase
  JOIN public.law_applicationtype t ON t.code = coalesce(nullif(btrim(s.appl_code), ''), '???')
  LEFT JOIN public.cases_proceeding p ON p.release_key = s.idnproceeding;

CREATE VIEW release_staging.filings_motion AS
SELECT s.idnmotion AS release_key, c.id AS case_id, p.id AS proceeding_id, nullif(btrim(s.rec_type), '') AS motion_type_id,
       CASE upper(btrim(s.strfilingparty)) WHEN 'A' THEN 'respondent' WHEN 'R' THEN 'respondent' WHEN 'I' THEN 'government'
            WHEN 'E' THEN 'court' WHEN 'J' THEN 'court' WHEN 'S' THEN 'court' ELSE 'other' END AS side,
       left(s.motion_recd_date, 10)::date AS received_on, left(s.comp_date, 10)::date AS decided_on,
       CASE upper(btrim(s.dec)) WHEN 'G' THEN 'granted' WHEN 'D' THEN 'denied' WHEN 'W' THEN 'withdrawn'
            ELSE CASE WHEN nullif(btrim(s.dec), '') IS NULL THEN '' ELSE 'other' END END AS outcome,
       coalesce(btrim(s.dec), '') AS released_outcome, NULL::bigint AS entry_id
  FROM release_staging.tbl_court_motions s
  JOIN public.cases_case c ON c.release_key = s.idncase
  LEFT JOIN public.cases_proceeding p ON p.release_key = s.idnproceeding;

CREATE VIEW release_staging.custody_bond AS
SELECT s.idnassocbond AS release_key, c.id AS case_id, j.id AS judge_id, left(s.bond_hear_req_date, 10)::date AS requested_on,
       NULL::date AS heard_on, left(s.comp_date, 10)::date AS decided_on, nullif(btrim(s.dec), '') AS decision_id,
       release_staging.dollars(s.initial_bond) AS initial_amount, release_staging.dollars(s.new_bond) AS amount
  FROM release_staging.d_tblassociatedbond s
  JOIN public.cases_case c ON c.release_key = s.idncase
  LEFT JOIN public.courts_judge j ON j.code = nullif(btrim(s.ij_code), '');

CREATE VIEW release_staging.custody_custodyperiod AS
SELECT s.idncustody AS release_key, c.id AS case_id, btrim(s.custody) AS status_id,
       CASE btrim(s.custody)
            WHEN 'N' THEN daterange(NULL, NULL)
            WHEN 'R' THEN daterange(coalesce(left(s.datreleased, 10)::date, left(s.datdetained, 10)::date), NULL)
            ELSE daterange(left(s.datdetained, 10)::date, left(s.datreleased, 10)::date, '[]') END AS period,
       '' AS facility
  FROM release_staging.tbl_custodyhistory s
  JOIN public.cases_case c ON c.release_key = s.idncase
 WHERE nullif(btrim(s.custody), '') IS NOT NULL;

CREATE VIEW release_staging.representation_appearance AS
SELECT s.idnrepsassigned AS release_key, c.id AS case_id, NULL::bigint AS practitioner_id,
       CASE upper(btrim(s.strattytype)) WHEN 'ALIEN' THEN 'respondent' WHEN 'INS' THEN 'government' ELSE 'other' END AS side,
       'all' AS scope,
       left(coalesce(s.e_28_date, s.e_27_date, s.ins_ta_date_assigned), 10)::date AS filed_on, NULL::date AS ended_on
  FROM release_staging.tbl_repsassigned s
  JOIN public.cases_case c ON c.release_key = s.idncase;

CREATE VIEW release_staging.appeals_appeal AS
SELECT s.idnappeal AS release_key, c.id AS case_id, p.id AS proceeding_id, nullif(left(btrim(s.strappealtype), 20), '') AS appeal_type_id,
       CASE upper(btrim(s.strfiledby)) WHEN 'A' THEN 'respondent' WHEN 'P' THEN 'respondent' WHEN 'T' THEN 'respondent'
            WHEN 'I' THEN 'government' WHEN 'E' THEN 'court' ELSE 'other' END AS side,
       left(s.datappealfiled, 10)::date AS filed_on, left(s.datbiadecision, 10)::date AS decided_on,
       nullif(btrim(s.strbiadecision), '') AS decision_id
  FROM release_staging.tblappeal s
  JOIN public.cases_case c ON c.release_key = s.idncase
  LEFT JOIN public.cases_proceeding p ON p.release_key = s.idnproceeding;

-- Severed links first, so that a rider's old lead is let go before the new one is taken.
CREATE VIEW release_staging.cases_caselink AS
SELECT s.idnleadrider AS release_key, r.id AS case_id, l.id AS lead_id, btrim(s.blnactive) = '1' AS is_active
  FROM release_staging.tbl_lead_rider s
  JOIN public.cases_case l ON l.release_key = s.idnleadcase
  JOIN public.cases_case r ON r.release_key = s.idnridercase
 WHERE s.blnactive IS NOT NULL
 ORDER BY btrim(s.blnactive) = '1';
