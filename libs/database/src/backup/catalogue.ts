import type { Client } from 'pg';

/** The columns that are stored, in order; those that PostgreSQL computes are left to it. */
export async function storedColumns(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(attname) AS name FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
    [table],
  );
  return rows.map(({ name }) => name);
}

/** Tables of our own, of any schema; those of extensions are not counted. */
export async function countTables(client: Client): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    `SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')`,
  );
  return Number(rows[0]!.count);
}

export async function sequences(
  client: Client,
): Promise<{ name: string; lastValue: string; isCalled: boolean }[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, sequencename) AS name FROM pg_sequences
     WHERE schemaname !~ '^pg_' ORDER BY 1`,
  );
  const found = [];
  for (const { name } of rows) {
    const value = await client.query<{ last: string; called: boolean }>(
      `SELECT last_value::text AS last, is_called AS called FROM ${name}`,
    );
    found.push({ name, lastValue: value.rows[0]!.last, isCalled: value.rows[0]!.called });
  }
  return found;
}

export interface ForeignKey {
  table: string;
  refersTo: string;
  name: string;
  definition: string;
}

/** Foreign keys between tables of the database: rows may then come in any order, keys may go in circles. */
export async function foreignKeys(client: Client): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `SELECT conrelid::regclass::text AS "table", confrelid::regclass::text AS "refersTo",
            quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE contype = 'f' AND conparentid = 0`,
  );
  return rows;
}
