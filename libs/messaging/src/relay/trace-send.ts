import { causesOf, openSpan } from '@followthrough/service-kit';
import type { OutboxRow } from '../envelope';

/**
 * One send carries rows of many traces: it is shown in each of them, of the first thirty-two, from its beginning until
 * now.
 * @param began milliseconds since 1970
 */
export function traceSend(rows: readonly OutboxRow[], began: number): void {
  const { parent, links } = causesOf(traceparents(rows));
  for (const cause of parent === null ? links : [parent, ...links]) {
    openSpan('send', {
      kind: 'producer',
      parent: cause,
      startedAt: began,
      attributes: { 'messaging.operation.name': 'send', 'messaging.batch.message_count': rows.length },
    })?.end();
  }
}

function* traceparents(rows: readonly OutboxRow[]): Generator<string | null> {
  for (const row of rows) yield row[13];
}
