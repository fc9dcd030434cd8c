-- How far the present state has been told again since the last restore. Not part of a backup: a restored database
-- begins at generation 0, below its raised generation, and so knows that it has to tell.
create table state_told (
  only_row boolean primary key default true check (only_row),
  generation int not null default 0,
  after_id uuid
);
insert into state_told default values;
