import type { Handler } from './handler';
import { countingSnapshots, snapshotMarks, type Copy } from './snapshot/take-snapshot';

/** A group of handlers that reads the topics of its events once, with its own offsets. */
export interface Consumer {
  /** Service, or `service.purpose` where one service reads a topic more than once. */
  group: string;
  handlers: readonly Handler[];
}

/** @param copies of others' aggregates that the handlers keep: a snapshot brings them in line */
export function consumer(
  group: string,
  handlers: readonly Handler[],
  copies: readonly Copy[] = [],
): Consumer {
  const counting = handlers.map((one) => (one.snapshots ? countingSnapshots(group, one, copies) : one));
  return { group, handlers: [...counting, ...copies.flatMap((copy) => snapshotMarks(group, copy))] };
}
