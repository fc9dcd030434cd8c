/** Where a reader of the feed stands. */
export interface Cursor {
  /** The feed that the positions belong to; a restored or new database has another. */
  epoch: string;
  /** All up to here has been read. */
  position: number;
  /** While the current state is told: the end of the feed when the telling began. */
  upTo?: number;
}

/** `epoch.position` or `epoch.position.upTo`; readers take it as it is. Empty: from the current state on. */
export const cursorForm = /^(|[0-9a-f]{8}\.\d{1,15}(\.\d{1,15})?)$/;

export function writeCursor({ epoch, position, upTo }: Cursor): string {
  return [epoch, position, ...(upTo === undefined ? [] : [upTo])].join('.');
}

/** @param text of the {@link cursorForm} */
export function readCursor(text: string): Cursor | null {
  if (text === '') return null;
  const [epoch, position, upTo] = text.split('.') as [string, string, string | undefined];
  return { epoch, position: Number(position), ...(upTo !== undefined && { upTo: Number(upTo) }) };
}
