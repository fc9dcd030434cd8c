-- What has happened, and who says so.

-- Organisations as the directory's events tell them: under which name one speaks.
create table organisation_copy (
  id uuid primary key,
  generation integer not null,
  version bigint not null,
  name text not null,
  organisation_class text not null,
  removed boolean not null default false
);

-- A dated fact with its link, about one recommendation or a cluster of them, perhaps about an action on them.
create table development (
  id uuid primary key,
  -- raised by every write: who changes says which version they saw
  version integer not null,
  state text not null check (state in ('draft', 'in-review', 'returned', 'published', 'withdrawn')),
  -- number of the last event about it, 0 while it has never been public
  told integer not null default 0,
  state_under_review text not null,
  kind text not null,
  happened_on date not null,
  title text not null,
  text text not null default '',
  language text not null,
  link text not null,
  -- action of a roadmap, of which nothing is known here but its id
  action_id uuid,
  organisation_id uuid not null,
  organisation_class text not null,
  organisation_name text not null default '',
  written_by text not null,
  -- why it was returned or withdrawn
  reason text not null default '',
  written_at timestamptz not null,
  published_at timestamptz,
  withdrawn_at timestamptz
);
create index development_state on development (state_under_review, state, happened_on desc);
create index development_organisation on development (organisation_id);

create table development_recommendation (
  development_id uuid not null references development on delete cascade,
  recommendation_id uuid not null references recommendation on delete cascade,
  primary key (development_id, recommendation_id)
);
create index development_of_recommendation on development_recommendation (recommendation_id);

-- One organisation's verdict on one recommendation, in its own name. What it works on is here; what it has published
-- stands in assessment_edition and never changes.
create table assessment (
  id uuid primary key,
  -- raised by its author's writes only: an answer must not get in their way
  version integer not null,
  state text not null check (state in ('draft', 'published', 'withdrawn')),
  -- number of the last event about it, also of answers; 0 while it has never been public
  told integer not null default 0,
  -- number of the edition that is public, 0 while there is none
  edition integer not null default 0,
  recommendation_id uuid not null references recommendation on delete cascade,
  state_under_review text not null,
  organisation_id uuid not null,
  organisation_class text not null,
  voice text not null check (voice in ('state', 'nhri', 'civil-society', 'un')),
  verdict text not null,
  summary text not null default '',
  language text not null,
  method text not null default '',
  -- [{"title": ..., "url": ...}]
  evidence jsonb not null default '[]',
  assessed_on date,
  reason text not null default '',
  written_at timestamptz not null,
  withdrawn_at timestamptz
);
create unique index assessment_of_organisation on assessment (recommendation_id, organisation_id)
  where state <> 'withdrawn';
create index assessment_organisation on assessment (organisation_id);

create table assessment_edition (
  assessment_id uuid not null references assessment on delete cascade,
  edition integer not null,
  organisation_name text not null,
  verdict text not null,
  summary text not null,
  language text not null,
  method text not null,
  evidence jsonb not null,
  assessed_on date not null,
  published_at timestamptz not null,
  primary key (assessment_id, edition)
);

-- What the State's coordinator says to an edition. It stands beside it and changes nothing of it.
create table assessment_answer (
  assessment_id uuid not null references assessment on delete cascade,
  number integer not null,
  edition integer not null,
  text text not null,
  language text not null,
  organisation_id uuid not null,
  organisation_name text not null,
  answered_by text not null,
  answered_at timestamptz not null,
  primary key (assessment_id, number)
);

-- Every step of a development or an assessment, also of those that never become public. The members' ids are opaque.
create table voice_transition (
  id bigint generated always as identity primary key,
  subject text not null check (subject in ('development', 'assessment')),
  subject_id uuid not null,
  step text not null,
  from_state text,
  to_state text not null,
  version integer not null,
  member_id text not null,
  organisation_id uuid not null,
  reason text not null default '',
  at timestamptz not null
);
create index voice_transition_subject on voice_transition (subject_id, id);
