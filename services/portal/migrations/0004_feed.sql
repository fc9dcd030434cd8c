-- What partners read at /api/events, built from events alone. See docs/adr/0010-feed-for-partners.md.
create schema feed;

create table feed.stream (
  -- One row. Whoever appends holds it until the commit: positions become visible in their order, without a gap that
  -- is filled later.
  only_one boolean primary key default true check (only_one),
  -- Another database, also one restored from a backup, is another feed: cursors of the old one mean nothing in it.
  epoch text not null default substr(md5(gen_random_uuid()::text), 1, 8),
  last bigint not null default 0
);
insert into feed.stream default values;

create table feed.event (
  position bigint primary key,
  event_id uuid not null,
  type text not null,
  aggregate_id text not null,
  generation integer not null,
  version bigint not null,
  state_under_review text,
  visibility text not null check (visibility in ('public', 'internal')),
  occurred_at timestamptz not null,
  snapshot boolean not null,
  -- Canonical proto3 JSON of the event's message, as on the wire.
  data text not null,
  -- The last word about a recommendation; false for what has been superseded and for what is no state.
  current boolean not null,
  appended_at timestamptz not null default now()
);
create unique index feed_current on feed.event (aggregate_id) where current;
create index feed_state on feed.event (position) where current;
create index feed_past on feed.event (appended_at) where not current;

-- An installation that is older than its feed begins it with what the read model holds.
insert into feed.event
  (position, event_id, type, aggregate_id, generation, version, state_under_review, visibility, occurred_at, snapshot, data, current)
select row_number() over (order by changed_at, no), gen_random_uuid(),
  'recommendations.v1.' || case when held then 'RecommendationRecorded' else 'RecommendationWithdrawn' end,
  id, generation, version, nullif(state_under_review, ''), 'public', changed_at, true,
  jsonb_strip_nulls(case
    when held then jsonb_build_object('recommendation', jsonb_build_object(
      'recommendationId', id, 'kind', nullif(kind, ''), 'mechanism', nullif(mechanism, ''),
      'stateUnderReview', nullif(state_under_review, ''), 'cycle', nullif(cycle, 0), 'session', nullif(session, 0),
      'symbol', nullif(symbol, ''), 'paragraph', nullif(paragraph, ''), 'text', nullif(text, ''),
      'language', nullif(language, ''), 'recommendingStates', nullif(to_jsonb(recommending_states), '[]'),
      'position', nullif(position, ''), 'actionCategory', nullif(action_category, 0),
      'themes', nullif(to_jsonb(themes), '[]'), 'groups', nullif(to_jsonb(groups), '[]'),
      'sdgs', nullif(to_jsonb(sdgs), '[]'), 'reviewDate', nullif(review_date, ''), 'demo', nullif(demo, false),
      'sources', nullif(to_jsonb(sources), '[]')))
    else jsonb_build_object('recommendationId', id, 'reason', nullif(withdrawn_reason, ''))
  end)::text, true
from view.recommendation;
update feed.stream set last = (select count(*) from feed.event);
