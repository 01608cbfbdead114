-- bench/sixty-2024.yaml (clean-2024 and seven items more) written by hand for DuckDB, item by item, as an analyst would: the baseline of the scoring run.
-- $on and $as_of are put in by bench/scoring.ts. Validity and knowledge conditions are those of our own sources.
with unit_now as (
  select * from unit where valid_from <= $on and valid_until > $on and known_from <= $as_of and known_until > $as_of
), org_now as (
  select * from party_org where valid_from <= $on and valid_until > $on and known_from <= $as_of and known_until > $as_of
), held as (
  select * from holding where valid_from <= $on and valid_until > $on and known_from <= $as_of and known_until > $as_of
), placed as (
  select * from placement where tree = 'party' and valid_from <= $on and valid_until > $on and known_from <= $as_of and known_until > $as_of
), full_members as (
  select party_org_id, count(*) filter (where kind = 'full') as n from membership
  where valid_from <= $on and valid_until > $on and known_from <= $as_of and known_until > $as_of group by party_org_id
), sized as (
  select body_id, count(distinct person_id) as n from held where post not in ('first-responsible', 'desk', 'operator', 'county-desk') group by body_id
), due as (
  select party_org_id, arg_max(due_on, (elected_on, term_id)) as due_on from term where elected_on <= $on and known_from <= $as_of and known_until > $as_of group by party_org_id
), org as (
  select o.unit_id, o.kind, coalesce(f.n, 0) as full_members, coalesce(s.n, 0) as size, coalesce(d.due_on < $on, false) as overdue,
    o.party_org_id in (select body_id from held where post = 'discipline-member') as has_member,
    o.party_org_id in (select p.parent_id from placed p join org_now c on c.party_org_id = p.node_id and c.kind = 'discipline-committee') as has_committee
  from org_now o left join full_members f using (party_org_id) left join sized s on s.body_id = o.party_org_id left join due d using (party_org_id)
), o as (
  select unit_id, count(*) filter (where kind = 'branch') as branches, count(*) filter (where kind = 'committee') as committees,
    100.0 * count(*) filter (where kind = 'committee' and has_committee) / nullif(count(*) filter (where kind = 'committee'), 0) as with_discipline,
    count(*) filter (where kind = 'branch' and full_members >= 7) as with_committee,
    100.0 * count(*) filter (where kind in ('branch', 'general-branch') and has_member) / nullif(count(*) filter (where kind in ('branch', 'general-branch')), 0) as discipline_members,
    100.0 * count(*) filter (where kind = 'branch' and full_members >= 7 and size between 3 and 7) / nullif(count(*) filter (where kind = 'branch' and full_members >= 7), 0) as sound_committees,
    count(*) filter (where overdue) as overdue
  from org group by unit_id
), r as (
  select unit_id,
    count(*) filter (where kind = 'heart-talk' and occasion = 'life') as life_talks,
    count(*) filter (where kind = 'center-group-study') as centre_studies,
    count(*) filter (where kind = 'center-group-study' and campaign in ('clean-office', 'discipline-study-2024', 'clean-month-2024')) as centre_clean,
    count(*) filter (where kind = 'committee-meeting') as committee_meetings,
    count(*) filter (where kind = 'members-meeting') as members_meetings,
    100.0 * count(*) filter (where kind = 'members-meeting' and due is not null and present * 3 >= due * 2) / nullif(count(*) filter (where kind = 'members-meeting' and due is not null), 0) as sound_meetings,
    100.0 * count(*) filter (where kind = 'members-meeting' and complete) / nullif(count(*) filter (where kind = 'members-meeting'), 0) as complete_meetings,
    count(*) filter (where kind = 'theme-day') as theme_days,
    100.0 * sum(present) filter (where kind = 'theme-day' and due is not null) / nullif(sum(due) filter (where kind = 'theme-day' and due is not null), 0) as theme_day_attendance,
    count(distinct activity) filter (where kind = 'theme-day') as theme_forms,
    count(*) filter (where kind = 'theme-day' and activity = 'pledge') as pledges,
    count(*) filter (where kind = 'theme-day' and activity in ('study', 'site')) as study_theme_days,
    count(*) filter (where kind = 'theme-day' and activity in ('service', 'outreach')) as service_theme_days,
    count(*) filter (where kind = 'theme-day' and campaign = 'clean-month-2024') as clean_month,
    count(distinct party_org_id) filter (where kind = 'organisational-life') as life_meetings,
    count(distinct party_org_id) filter (where kind = 'organisational-life' and review) as reviews,
    avg(problems) filter (where kind = 'organisational-life') as problems,
    count(*) filter (where kind = 'heart-talk') as heart_talks,
    count(*) filter (where kind = 'heart-talk' and occasion in ('post', 'care')) as post_talks,
    count(*) filter (where kind = 'party-lecture') as lectures,
    count(distinct party_org_id) filter (where kind = 'party-lecture' and theme = 'discipline') as discipline_lectures,
    count(distinct party_org_id) filter (where kind = 'party-lecture' and by_secretary and theme = 'discipline') as secretary_discipline,
    count(distinct party_org_id) filter (where kind = 'warning-education') as warned,
    count(*) filter (where kind = 'warning-education' and concentrated) as warned_together,
    count(distinct form) filter (where kind = 'warning-education') as warning_forms,
    count(*) filter (where kind = 'warning-education' and form = 'family') as family,
    count(*) filter (where kind = 'expert-reading') as readings,
    count(*) filter (where kind = 'outreach-talk') as talks,
    count(*) filter (where kind = 'study-discussion') as discussions,
    count(*) filter (where kind = 'study-discussion' and campaign = 'discipline-study-2024') as clean_discussions,
    count(*) filter (where kind = 'training') as trainings,
    count(*) filter (where kind = 'research') as research,
    count(distinct form) filter (where kind = 'research') as research_forms,
    count(*) filter (where kind = 'research' and form in ('petitions', 'office')) as petitions,
    count(*) filter (where kind = 'visit') as visits,
    sum(households) filter (where kind = 'visit') as households,
    100.0 * sum(solved) filter (where kind = 'visit') / nullif(sum(questions) filter (where kind = 'visit'), 0) as solved,
    count(*) filter (where kind = 'practical-deed') as deeds,
    100.0 * count(*) filter (where kind = 'practical-deed' and done) / nullif(count(*) filter (where kind = 'practical-deed'), 0) as deeds_done,
    count(*) filter (where kind = 'culture-event') as culture,
    sum(works) filter (where kind = 'culture-event') as works,
    count(distinct honour) filter (where kind = 'honour' and honour = 'clean-demonstration' and honour_state in ('named', 'proposed')) as demonstration
  from record
  where happened_on between date '2024-01-01' and least(date '2024-12-31', $on) and state = 'valid' and known_from <= $as_of and known_until > $as_of
  group by unit_id
), s as (
  select subject_id as unit_id, avg(value) as satisfaction from mark
  where item = 'satisfaction' and given_on between date '2024-01-01' and least(date '2024-12-31', $on) and known_from <= $as_of and known_until > $as_of group by subject_id
), m as (
  select unit_id, count(*) filter (where kind = 'promise') as promises_kept, count(*) filter (where kind = 'visit') as visits_answered
  from matter
  where opened_on between date '2024-01-01' and least(date '2024-12-31', $on) and known_from <= $as_of and outcome = 'done' and closed_at <= $as_of
  group by unit_id
), x as (
  select u.unit_id, u.level, u.unit_id in (select body_id from held where post = 'first-responsible') as first_responsible, o.* exclude (unit_id), r.* exclude (unit_id), m.* exclude (unit_id), s.satisfaction
  from unit_now u left join o using (unit_id) left join r using (unit_id) left join m using (unit_id) left join s using (unit_id)
), p as (
  select unit_id, level,
    if(first_responsible, 2, 0) as first_responsible,
    if(branches > 0, round(2 * least(coalesce(life_talks, 0) / branches, 1), 2), 0) as life_talk,
    if(discipline_members is null, null, round(greatest(3 - 0.1 * (100 - discipline_members), 0), 2)) as discipline_member,
    if(level = 'city' and committees > 0, round(greatest(2 - 0.1 * (100 - with_discipline), 0), 2), null) as discipline_committee,
    if(level <> 'city' and sound_committees is not null, round(greatest(2 - 0.1 * (100 - sound_committees), 0), 2), null) as sound_committee,
    round(greatest(3 - 1.5 * coalesce(overdue, 0), 0), 2) as on_time,
    round(3 * least(case level when 'city' then coalesce(centre_clean, 0) / 3 when 'county' then coalesce(centre_clean, 0) / 2 else coalesce(centre_studies, 0) / 8 end, 1), 2) as centre,
    if(with_committee > 0, round(2 * least(coalesce(committee_meetings, 0) / (with_committee * 11), 1), 2), null) as committee_meeting,
    if(branches > 0, round(2 * least(coalesce(heart_talks, 0) / (branches * 4), 1), 2), 0) as heart_talk,
    if(branches > 0, round(2 * least(coalesce(warned, 0) / branches, 1), 2), 0) as warned,
    case when warned_together >= 2 then 2 when warned_together >= 1 then 1.5 else 0 end as warned_together,
    round(2 * least(coalesce(warning_forms, 0) / 2, 1), 2) as warning_forms,
    if(branches > 0, round(3 * least(coalesce(discipline_lectures, 0) / branches, 1), 2), 0) as discipline_lecture,
    if(branches > 0, round(2 * least(coalesce(secretary_discipline, 0) / branches, 1), 2), 0) as secretary_discipline,
    if(branches > 0, round(3 * least(coalesce(clean_discussions, 0) / (branches * 2), 1), 2), 0) as clean_discussion,
    if(branches > 0, round(2 * least(coalesce(study_theme_days, 0) / (branches * 4), 1), 2), 0) as study_theme_day,
    round(2 * least(case level when 'township' then coalesce(talks, 0) else coalesce(readings, 0) + coalesce(talks, 0) end, 1), 2) as reading,
    if(branches > 0, round(2 * least(coalesce(lectures, 0) / (branches * 4), 1), 2), 0) as lecture,
    if(branches > 0, round(2 * least(coalesce(discussions, 0) / (branches * 4), 1), 2), 0) as discussion,
    if(branches > 0, round(2 * least(coalesce(members_meetings, 0) / (branches * 4), 1), 2), 0) as members_meeting,
    coalesce(round(greatest(2 - 0.1 * (100 - sound_meetings), 0), 2), 0) as quorum,
    coalesce(round(greatest(2 - 0.05 * (100 - complete_meetings), 0), 2), 0) as complete,
    if(branches > 0, round(3 * least(coalesce(theme_days, 0) / (branches * 11), 1), 2), 0) as theme_day,
    coalesce(round(greatest(if(theme_day_attendance >= 95, 2, 2 - 0.2 * (95 - theme_day_attendance)), 0), 2), 0) as attendance,
    if(branches > 0, round(3 * least(coalesce(life_meetings, 0) / branches, 1), 2), 0) as life_meeting,
    if(branches > 0, round(2 * least(coalesce(reviews, 0) / branches, 1), 2), 0) as review,
    if(problems is null, 0, round(2 * least(problems / 5, 1), 2)) as problem,
    round(3 * least(coalesce(visits, 0) / 2, 1), 2) as visit,
    coalesce(round(greatest(if(solved >= 80, 3, 3 - 0.1 * (80 - solved)), 0), 2), 0) as solve,
    round(3 * least(if(level = 'city', coalesce(deeds, 0) / 2, (coalesce(deeds, 0) + coalesce(visits, 0)) / 4), 1), 2) as deed,
    coalesce(round(greatest(if(deeds_done >= 90, 3, 3 - 0.1 * (90 - deeds_done)), 0), 2), 0) as deed_done,
    round(2 * least(case level when 'city' then coalesce(research, 0) / 2 when 'county' then coalesce(research, 0) else coalesce(households, 0) / 60 end, 1), 2) as research,
    round(2 * least(coalesce(research_forms, 0) / 2, 1), 2) as forms,
    if(petitions >= 1, 2, 1) as petition,
    if(satisfaction is null, null, round(greatest(if(satisfaction >= 95, 4, 4 - 0.5 * (95 - satisfaction)), 0), 2)) as satisfied,
    round(3 * least(if(level = 'city', (coalesce(culture, 0) + coalesce(talks, 0)) / 2, coalesce(culture, 0)), 1), 2) as culture,
    if(branches > 0, round(2 * least(coalesce(service_theme_days, 0) / (branches * 2), 1), 2), 0) as theme_site,
    case when works >= 20 then 2 when works >= 10 then 1.5 when works >= 1 then 1 else 0 end as works,
    if(family >= 1, 2, 1) as family, if(clean_month >= 1, 2, 1) as clean_month,
    round(2 * least(coalesce(theme_forms, 0) / 5, 1), 2) as theme_forms, if(pledges >= 1, 2, 0) as pledge, if(trainings >= 1, 2, 1) as training,
    if(branches > 0, round(2 * least(coalesce(post_talks, 0) / branches, 1), 2), 0) as post_talk,
    least(2 * coalesce(demonstration, 0), 2) as bonus,
    case rank() over (partition by level order by coalesce(theme_days, 0) desc) when 1 then 1 when 2 then 0.8 when 3 then 0.6 else 0.4 end as theme_day_place,
    coalesce(round(coalesce(lectures, 0) / nullif(max(coalesce(lectures, 0)) over (partition by level), 0), 2), 0) as lecture_best,
    coalesce(round(least(coalesce(visits_answered, 0) / nullif(avg(coalesce(visits_answered, 0)) over (partition by level), 0), 1), 2), 0) as visit_mean,
    case when coalesce(overdue, 0) = 0 then 1 when overdue = 1 then 0.5 else 0 end as overdue_steps,
    least(greatest(coalesce(round(0.5 + 0.01 * (coalesce(heart_talks, 0) - (sum(coalesce(heart_talks, 0)) over (partition by level) - coalesce(heart_talks, 0)) / nullif(count(*) over (partition by level) - 1, 0)), 2), 0), 0), 1) as talk_off_mean,
    greatest(round(1 - 0.001 * (rank() over (order by coalesce(promises_kept, 0) desc) - 1), 2), 0) as promise_place
  from x
), q as (
  select * replace (coalesce(satisfied, round(avg(satisfied) over (partition by level), 2)) as satisfied),
    greatest(round(1 - 0.001 * (dense_rank() over (partition by level order by round(lecture_best + visit_mean, 4) desc) - 1), 2), 0) as second_stage,
    -- What is left out of a block is made up for by the rest of it.
    19 as duty_worth,
    if(discipline_member is null, 3, 0) + if(if(level = 'city', discipline_committee, sound_committee) is null, 2, 0) + if(committee_meeting is null, 2, 0) as duty_out
  from p
), t as (
  select unit_id, level,
    least(greatest(round(
      (first_responsible + life_talk + coalesce(discipline_member, 0) + coalesce(discipline_committee, 0) + coalesce(sound_committee, 0) + on_time + centre + coalesce(committee_meeting, 0) + heart_talk)
        * duty_worth / (duty_worth - duty_out)
      + warned + warned_together + warning_forms + discipline_lecture + secretary_discipline + clean_discussion + study_theme_day + reading + lecture + discussion
      + members_meeting + quorum + complete + theme_day + attendance + life_meeting + review + problem
      + visit + solve + deed + deed_done + research + forms + petition + satisfied
      + culture + theme_site + works + family + clean_month + theme_forms + pledge + training + post_talk
      + theme_day_place + lecture_best + visit_mean + overdue_steps + talk_off_mean + promise_place + second_stage
      + bonus, 2), 0), 110) as total
  from q
)
select unit_id::varchar as id, total, rank() over (partition by level order by total desc) as place from t order by id
