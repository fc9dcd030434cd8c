-- What is held true: recommendations, each joined from one or more source records (see the import funnel's
-- tables) and from what persons decided.

create table recommendation (
  id uuid primary key,
  -- join key of the source records: State, document symbol and paragraph where known, else the source's identity
  natural_key text not null unique,
  version bigint not null,
  kind text not null,
  mechanism text not null,
  -- alpha-3; '' while the name in the source is an open question
  state_under_review text not null,
  state_under_review_raw text not null default '',
  -- 0 where there is none or it is not known, like session and action_category
  cycle integer not null,
  session integer not null,
  symbol text not null,
  paragraph text not null,
  text text not null,
  language text not null,
  -- {"fr": {"text": ..., "status": "translated"}}
  translations jsonb not null default '{}',
  recommending_states text[] not null,
  -- names that nobody could resolve, as written
  unresolved_states text[] not null default '{}',
  position text not null,
  position_source text not null default '',
  action_category integer not null,
  themes text[] not null,
  groups text[] not null,
  sdgs text[] not null,
  review_date text not null,
  sources text[] not null,
  demo boolean not null default false,
  search_text text not null,
  -- internal: of the State under review's own institutions
  lead_institution text not null default '',
  supporting_institutions text[] not null default '{}',
  deadline date,
  status text not null default '',
  note text not null default '',
  recorded_at timestamptz not null default now(),
  revised_at timestamptz not null default now(),
  withdrawn_at timestamptz
);
create index recommendation_review on recommendation (state_under_review, cycle);
create index recommendation_place on recommendation (symbol, paragraph) where symbol <> '';
create index recommendation_lead on recommendation (lead_institution) where lead_institution <> '';

-- A person's word on one field; it stands whatever the sources say.
create table decision (
  recommendation_id uuid not null references recommendation on delete cascade,
  field text not null,
  value jsonb not null,
  decided_by text not null,
  decided_at timestamptz not null,
  primary key (recommendation_id, field)
);

-- A name of a State that nobody could resolve, once however often it occurs, and what a person answered.
create table open_question (
  id uuid primary key,
  -- the name folded: case, accents and punctuation do not make another name
  name_key text not null unique,
  raw text not null,
  suggestions text[] not null,
  -- alpha-3; '' with answered_at: it names no State
  state_code text not null default '',
  answered_by text,
  answered_at timestamptz,
  asked_at timestamptz not null default now()
);

create table mapping_template (
  id uuid primary key,
  name text not null,
  mapping jsonb not null,
  created_by text,
  created_at timestamptz not null default now()
);
