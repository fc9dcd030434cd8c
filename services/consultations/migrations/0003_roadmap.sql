-- What a filter asks of a recommendation, where nobody has added it before.
alter table recommendation_copy
  add column if not exists kind text not null default 'recommendation',
  add column if not exists mechanism text not null default 'UPR',
  add column if not exists cycle int not null default 0,
  add column if not exists session int not null default 0,
  add column if not exists recommending_states text[] not null default '{}',
  add column if not exists action_category int not null default 0,
  add column if not exists themes text[] not null default '{}',
  add column if not exists groups text[] not null default '{}',
  add column if not exists sdgs text[] not null default '{}',
  add column if not exists search_text text not null default '';

create table roadmap (
  id uuid primary key,
  version int not null,
  state_under_review text not null,
  state text not null check (state in ('draft', 'adopted', 'revision-draft', 'closed', 'abandoned')),
  adopted_version int not null default 0,
  -- what happens to gaps on adoption
  gap_rule text not null check (gap_rule in ('refuse', 'print')),
  -- which recommendations of the State it is about, a filter; {} all of them
  scope jsonb not null,
  consultation_id uuid,
  origin text not null check (origin in ('own', 'workbook')),
  -- the draft: title, years, clusters, exclusions; actions are rows of their own
  title text not null,
  from_year int not null,
  to_year int not null,
  clusters jsonb not null,
  exclusions jsonb not null,
  created_at timestamptz not null,
  created_by text not null,
  check ((adopted_version > 0) = (state in ('adopted', 'revision-draft', 'closed')))
);
create index roadmap_state on roadmap (state_under_review, created_at desc);

-- The draft of each action and where the action stands. What is in force is the adopted version.
create table roadmap_action (
  id uuid primary key,
  roadmap_id uuid not null references roadmap on delete cascade,
  version int not null,
  state text not null check (state in
    ('proposed', 'agreed', 'in-progress', 'blocked', 'completed-claimed', 'disputed', 'verified', 'dropped')),
  -- a revision draft leaves it out from the next version on, for this reason
  leaving_reason text,
  -- the action as in the domain, without its id
  content jsonb not null
);
create index roadmap_action_roadmap on roadmap_action (roadmap_id);

-- Which actions cover a recommendation, as in the adopted version; by themselves or by a cluster.
create table action_recommendation (
  recommendation_id uuid not null,
  action_id uuid not null references roadmap_action on delete cascade,
  primary key (recommendation_id, action_id)
);
create index action_recommendation_action on action_recommendation (action_id);

create table roadmap_version (
  roadmap_id uuid not null references roadmap on delete cascade,
  number int not null check (number > 0),
  -- date where the State is
  adopted_on date not null,
  adopted_at timestamptz not null,
  adopted_by text not null,
  note text not null,
  plan jsonb not null,
  gaps jsonb not null,
  primary key (roadmap_id, number)
);

-- Every step of a roadmap or an action, one row each.
create table roadmap_transition (
  subject text not null check (subject in ('roadmap', 'action')),
  subject_id uuid not null,
  roadmap_id uuid not null references roadmap on delete cascade,
  version int not null,
  step text not null,
  from_state text not null,
  to_state text not null,
  reason text not null,
  at timestamptz not null,
  by_id text not null,
  primary key (subject_id, version)
);
create index roadmap_transition_roadmap on roadmap_transition (roadmap_id, at);

create table indicator_value (
  indicator_id uuid not null,
  sequence int not null check (sequence > 0),
  roadmap_id uuid not null references roadmap on delete cascade,
  action_id uuid not null references roadmap_action on delete cascade,
  observed_on date not null,
  value numeric,
  source text not null,
  corrects int,
  reason text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (indicator_id, sequence),
  unique (indicator_id, corrects),
  foreign key (indicator_id, corrects) references indicator_value (indicator_id, sequence),
  check (corrects is null or corrects < sequence),
  check (value is not null or corrects is not null)
);
create index indicator_value_action on indicator_value (action_id);
create index indicator_value_roadmap on indicator_value (roadmap_id);

-- Rows of an imported plan that could not be read, kept as they were.
create table roadmap_reject (
  roadmap_id uuid not null references roadmap on delete cascade,
  number int not null,
  place jsonb not null,
  reason text not null,
  cure text not null,
  cells jsonb not null,
  primary key (roadmap_id, number)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger roadmap_version_stands before update on roadmap_version for each row execute function refuse_change();
create trigger roadmap_transition_stands before update on roadmap_transition for each row execute function refuse_change();
create trigger indicator_value_stands before update on indicator_value for each row execute function refuse_change();
