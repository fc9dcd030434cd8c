create table consultation (
  id uuid primary key,
  version int not null,
  state_under_review text not null,
  state text not null check (state in
    ('draft', 'scheduled', 'open', 'paused', 'closed', 'outcome-draft', 'outcome-published', 'archived', 'cancelled')),
  title text not null,
  purpose text not null,
  -- an institution, not a person
  facilitator text not null,
  -- recommendations that it is about; which they are is settled when it is scheduled
  filter jsonb not null,
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  time_zone text not null,
  -- who reads a submission; settled when it is scheduled
  submissions_visible_to text not null check (submissions_visible_to in ('facilitator', 'participants', 'public')),
  created_at timestamptz not null,
  created_by text not null,
  check (opens_at < closes_at)
);
create index consultation_state on consultation (state_under_review, created_at desc);

create table consultation_recommendation (
  consultation_id uuid not null references consultation on delete cascade,
  recommendation_id uuid not null,
  primary key (consultation_id, recommendation_id)
);
create index consultation_recommendation_recommendation on consultation_recommendation (recommendation_id);

create table consultation_invitation (
  id uuid primary key,
  consultation_id uuid not null references consultation on delete cascade,
  version int not null,
  class text not null,
  organisation text not null,
  -- of the directory; null: it has no account, and hands in on paper
  organisation_id uuid,
  state text not null check (state in ('created', 'accepted', 'declined', 'revoked'))
);
create unique index consultation_invitation_organisation on consultation_invitation (consultation_id, organisation_id)
  where organisation_id is not null;
create index consultation_invitation_consultation on consultation_invitation (consultation_id);

-- Ids are random and days stand for instants, so that room is kept for submissions whose author must not be found out.
create table submission (
  id uuid primary key,
  consultation_id uuid not null references consultation on delete cascade,
  version int not null,
  tier text not null check (tier in ('named')),
  state text not null check (state in ('draft', 'submitted', 'withdrawn')),
  class text not null,
  organisation text not null,
  organisation_id uuid,
  language text not null,
  received_on date,
  origin text not null check (origin in ('web', 'paper')),
  -- of paper: how, from whom and when it came
  provenance text not null,
  check (origin = 'web' or provenance <> '')
);
create index submission_consultation on submission (consultation_id);
create index submission_organisation on submission (organisation_id) where organisation_id is not null;

create table submission_section (
  id uuid primary key,
  submission_id uuid not null references submission on delete cascade,
  position int not null,
  target_type text not null check (target_type in ('recommendation', 'action', 'consultation')),
  target_id uuid not null,
  body text not null
);
create index submission_section_submission on submission_section (submission_id);
create index submission_section_target on submission_section (target_id);

create table disposition (
  section_id uuid primary key references submission_section on delete cascade,
  version int not null,
  outcome text not null check (outcome in ('adopted', 'in-part', 'noted', 'not-adopted', 'out-of-scope')),
  reason text not null check (reason <> ''),
  decided_at timestamptz not null,
  decided_by text not null
);

-- What came of what. Read from both ends.
create table lineage (
  from_type text not null check (from_type in ('section')),
  from_id uuid not null,
  to_type text not null check (to_type in ('action')),
  to_id uuid not null,
  relation text not null check (relation in ('derived', 'merged', 'split', 'supersedes')),
  primary key (from_type, from_id, to_type, to_id)
);
create index lineage_to on lineage (to_type, to_id);

create table consultation_meeting (
  id uuid primary key,
  consultation_id uuid not null references consultation on delete cascade,
  version int not null,
  held_on date not null,
  place text not null,
  -- [{"class": ..., "organisation": ..., "persons": 3}]; persons are counted, never named
  attendance jsonb not null,
  minutes text not null,
  minutes_state text not null check (minutes_state in ('draft', 'circulated', 'approved'))
);
create index consultation_meeting_consultation on consultation_meeting (consultation_id);

-- Every step, one row each. Of submissions the day alone is kept.
create table consultation_transition (
  subject text not null check (subject in ('consultation', 'submission')),
  subject_id uuid not null,
  version int not null,
  step text not null,
  from_state text not null,
  to_state text not null,
  reason text not null,
  at timestamptz,
  on_day date not null,
  by_id text,
  primary key (subject_id, version),
  check (subject = 'consultation' or (at is null and by_id is null))
);
create trigger consultation_transition_stands before update on consultation_transition
  for each row execute function refuse_change();
