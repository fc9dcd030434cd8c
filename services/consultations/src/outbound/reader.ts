/** Whatever answers a query: an open transaction, or the database by itself. */
export interface Reader {
  query(sql: string, params?: unknown[]): Promise<unknown>;
}
