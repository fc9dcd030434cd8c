-- What money is matched with, kept from recommendations.v1.
create table recommendation_copy (
  recommendation_id uuid primary key,
  generation int not null,
  version int not null,
  state_under_review text,
  text text not null,
  themes text[] not null,
  sdgs text[] not null,
  withdrawn boolean not null default false
);
create index recommendation_copy_state on recommendation_copy (state_under_review) where not withdrawn;
create index recommendation_copy_sdgs on recommendation_copy using gin (sdgs) where not withdrawn;
