import type { Response } from 'express';

const STOPPING = 'followthrough:stopping';

/** Tells an answer that is still in the making that the process stops: one that waits for something ends now. */
export function tellStopping(response: Response): void {
  response.emit(STOPPING);
}

/** Aborts when waiting makes no sense any more: the caller is gone, or the process stops. */
export function endOf(response: Response): AbortSignal {
  const ending = new AbortController();
  const end = () => ending.abort();
  response.once('close', end);
  response.once(STOPPING, end);
  return ending.signal;
}
