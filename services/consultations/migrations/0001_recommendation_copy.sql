-- What consultations need to know of a recommendation, kept from recommendations.v1.
create table recommendation_copy (
  recommendation_id uuid primary key,
  generation int not null,
  version int not null,
  state_under_review text,
  symbol text not null,
  paragraph text not null,
  text text not null,
  position text not null,
  withdrawn boolean not null default false
);
create index recommendation_copy_state on recommendation_copy (state_under_review) where not withdrawn;
