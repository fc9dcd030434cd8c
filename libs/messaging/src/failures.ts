/**
 * Thrown by a handler that cannot handle an event yet: the event and all later ones of its key wait, in order,
 * and are tried again. Other keys flow.
 */
export class LaterError extends Error {
  override name = 'LaterError';
}

/** Thrown by a handler for an event that can never be handled: it is parked at once, for a person to look at. */
export class NeverError extends Error {
  override name = 'NeverError';
}
