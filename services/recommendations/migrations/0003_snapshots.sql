-- What was told after a restore is a snapshot now, which every owner tells in the same way.
insert into snapshot (id, generation, total, all_told, done_at)
select gen_random_uuid(), generation, 0, true, now() from state_told where generation > 0 and after_id is null;
drop table state_told;
