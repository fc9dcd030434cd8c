-- What has happened to recommendations and what organisations say of them, as it is public.
create table view.voice (
  -- Id of the development or the assessment.
  id uuid primary key,
  generation integer not null,
  version bigint not null,
  subject text not null check (subject in ('development', 'assessment')),
  -- False once withdrawn: the row stays so that nothing older brings it back.
  held boolean not null,
  recommendation_ids uuid[] not null,
  -- "state", "nhri", "civil-society" or "un"; '' for developments, which are facts and no verdicts.
  voice text not null,
  verdict text not null,
  -- Day on which it happened or was judged, ISO 8601.
  day text not null,
  -- The development or assessment of the event, as it stands there.
  told jsonb not null
);
create index voice_recommendations on view.voice using gin (recommendation_ids) where held;
