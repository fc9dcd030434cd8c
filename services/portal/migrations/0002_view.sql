-- The read model, built from events alone and disposable: a snapshot of recommendations fills it again.
create schema view;

create table view.recommendation (
  no integer generated always as identity unique,
  id uuid primary key,
  generation integer not null,
  version bigint not null,
  -- False once withdrawn: the row stays so that nothing older brings it back, and links to it still say what it was.
  held boolean not null,
  kind text not null,
  mechanism text not null,
  state_under_review text not null,
  cycle integer not null,
  session integer not null,
  symbol text not null,
  paragraph text not null,
  text text not null,
  language text not null,
  recommending_states text[] not null,
  position text not null,
  action_category integer not null,
  themes text[] not null,
  groups text[] not null,
  sdgs text[] not null,
  review_date text not null,
  demo boolean not null,
  sources text[] not null,
  document_order text collate "C" not null,
  recorded_at timestamptz not null,
  changed_at timestamptz not null,
  withdrawn_reason text,
  -- Configuration that the text was taken apart with; a text is found in its own language.
  search_configuration text not null,
  -- Words of the text (A), paragraph and symbol (B), and @xxx for each State (C).
  search tsvector not null,
  -- Transaction that wrote the row last. A reader that has seen all before the horizon of a snapshot reads on from
  -- there and misses nothing that commits late.
  written_in xid8 not null default pg_current_xact_id()
);
create index recommendation_search on view.recommendation using gin (search);
create index recommendation_written on view.recommendation (written_in);
create index recommendation_from on view.recommendation using gin (recommending_states);

-- What happened to the public state of a recommendation, one row an event.
create table view.change (
  recommendation_id uuid not null,
  generation integer not null,
  version bigint not null,
  at timestamptz not null,
  kind text not null check (kind in ('recorded', 'revised', 'withdrawn')),
  -- Names of the fields as in the event ("position"); empty unless revised.
  fields text[] not null,
  previous_position text not null,
  announced boolean not null,
  primary key (recommendation_id, generation, version)
);
create index change_at on view.change (at);
