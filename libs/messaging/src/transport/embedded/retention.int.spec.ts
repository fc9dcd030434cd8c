import type { Database } from '@followthrough/database';
import { createLogger } from '@followthrough/service-kit';
import { testDatabase } from '@followthrough/testing';
import { eventLogMigrations } from '../../index';
import { EmbeddedTransport } from './embedded-transport';
import { eventually } from '../../testing/eventually';

describe('retention of the event log', () => {
  let database: Database;
  let transport: EmbeddedTransport;

  beforeAll(async () => {
    database = await testDatabase({ migrations: [eventLogMigrations] });
    transport = new EmbeddedTransport({ url: database.url, log: createLogger('silent'), retentionDays: 30 });
    await transport.ensureTopics([{ name: 'old.v1', partitions: 1 }]);
  });

  afterAll(async () => {
    await transport.close();
    await database.close();
  });

  it('deletes what is too old; a group that begins later begins with what is left', async () => {
    const send = (value: string) =>
      transport.send([{ topic: 'old.v1', partition: 0, key: 'k', value, headers: {} }]);
    await send('1');
    await send('2');
    await database.query(`update log_block set appended_at = now() - interval '31 days'`);
    await send('3');
    expect(await transport.expire()).toBe(2);
    const seen: unknown[] = [];
    await transport.subscribe({
      group: 'late',
      topics: ['old.v1'],
      batchSize: 10,
      concurrency: 1,
      onBatch: async (batch) => {
        seen.push(...batch.records.map(({ value }) => value));
        await batch.handled(batch.records.at(-1)!.offset);
      },
    });
    await eventually(() => seen.length > 0);
    expect(seen).toEqual(['3']);
    expect(await transport.lag('late', ['old.v1'])).toMatchObject([{ next: 3, end: 3, lag: 0 }]);
  });

  it('can be looked at by a person', async () => {
    const rows = await database.query('select topic, partition, record_offset, key, value from log_record');
    expect(rows).toEqual([{ topic: 'old.v1', partition: 0, record_offset: 2, key: 'k', value: '3' }]);
  });
});
