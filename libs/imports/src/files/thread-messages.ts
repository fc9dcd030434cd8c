/**
 * What a parser module exports as `open`. `rows` is read once, then `footer` is asked for.
 * `importModule` loads an ECMAScript module by its absolute path, also one that `require` cannot load.
 */
export interface ParserModule<Request, Header, Row, Footer> {
  open(
    request: Request,
    importModule: ImportModule,
  ): Promise<{ header: Header; rows: AsyncIterable<Row>; footer(): Footer; close?(): void }>;
}

export type ImportModule = (path: string) => Promise<unknown>;

export interface ThreadRequest {
  module: string;
  request: unknown;
  batchRows: number;
}

export type ThreadMessage =
  | { kind: 'header'; header: unknown }
  | { kind: 'batch'; rows: unknown[] }
  | { kind: 'footer'; footer: unknown }
  | { kind: 'unreadable'; reason: string; cure: string }
  | { kind: 'broken'; message: string; stack: string };

/** Batches that may be under way before the reader asks for more. */
export const WINDOW = 4;
