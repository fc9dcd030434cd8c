/** What the launcher writes; pino's logger fits. */
export interface ServerLog {
  info(message: string): void;
  warn(message: string): void;
}

/** A running PostgreSQL, started by us or the site's own. */
export interface PostgresServer {
  readonly kind: 'embedded' | 'external';
  /** For making databases; a superuser when embedded. */
  readonly adminUrl: string;
  /**
   * Makes the database and the role of the same name that owns it, unless they are there.
   * @returns the URL by which that role reaches it
   * @throws DatabaseProblem with the SQL to run where the given role may not make them
   */
  ensureDatabase(name: string): Promise<string>;
  /** Embedded: ends the server and waits until its files are at rest. External: nothing. */
  stop(): Promise<void>;
  /** Embedded: told in one sentence when the server ends without `stop`. */
  onUnexpectedExit(listener: (sentence: string) => void): void;
}

/** The server of an installation, for who only looks. */
export interface ExistingServer {
  readonly kind: 'embedded' | 'external';
  /** A superuser's when embedded, else that of DATABASE_URL. */
  readonly adminUrl: string;
  /** By which the owner of a database reaches it, where it is there. */
  urlOf(name: string): string;
  /** Leaves the server as it was found: our own, where it did not run, is stopped again. */
  stop(): Promise<void>;
}
