-- What has happened to recommendations and who has judged them, as far as notices and mails need it.
create table voice_copy (
  -- Id of the development or the assessment.
  id uuid primary key,
  generation integer not null,
  version bigint not null,
  subject text not null check (subject in ('development', 'assessment')),
  -- False once withdrawn: nothing older brings it back.
  held boolean not null,
  recommendation_ids uuid[] not null,
  -- A development's kind and day, an assessment's verdict and day.
  kind text not null default '',
  day text not null default '',
  -- A development's title, an assessment's summary, in its language.
  text text not null default '',
  language text not null default 'und',
  -- Organisation that says so.
  organisation_name text not null default '',
  organisation_class text not null default ''
);
create index voice_copy_recommendations on voice_copy using gin (recommendation_ids);

alter table notice drop constraint notice_kind_check;
alter table notice add constraint notice_kind_check
  check (kind in ('recorded', 'revised', 'withdrawn', 'correction', 'development', 'assessment'));
-- What is told, where that is no change of the recommendation itself.
alter table notice add column voice_id uuid;
create index notice_voice on notice (voice_id) where voice_id is not null;
