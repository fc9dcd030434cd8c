-- Numbers of the rows in one text search configuration that a query matches. The planner takes comparing a text for
-- cheap and would read the whole table for a common word, which takes three times as long as the index.
create function view.rows_saying(configuration text, query tsquery) returns setof integer
language sql stable set enable_seqscan = off
as $$
  select no from view.recommendation
  where held and search_configuration = configuration and search @@ query
$$;
