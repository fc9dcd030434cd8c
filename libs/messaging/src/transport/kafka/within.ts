import { setTimeout as delay } from 'node:timers/promises';

/**
 * What a step gives, if it does in time: kafkajs may wait for an answer for ever where a connection breaks while a
 * request is put on it. What comes later is dropped.
 * @throws Error with `otherwise` after so many milliseconds
 */
export async function within<T>(ms: number, step: Promise<T>, otherwise: string): Promise<T> {
  const patience = new AbortController();
  const late = delay(ms, undefined, { signal: patience.signal }).then(() => {
    throw new Error(otherwise);
  });
  late.catch(() => undefined);
  step.catch(() => undefined);
  try {
    return await Promise.race([step, late]);
  } finally {
    patience.abort();
  }
}
