import { createLogger } from '@followthrough/service-kit';
import { testDatabase } from '@followthrough/testing';
import { eventLogMigrations } from '../../index';
import { transportContract } from '../../testing/transport-contract';
import { EmbeddedTransport } from './embedded-transport';

const log = createLogger('silent');

transportContract('embedded', async () => {
  const database = await testDatabase({ migrations: [eventLogMigrations] });
  return {
    connect: async () => new EmbeddedTransport({ url: database.url, log }),
    close: () => database.close(),
  };
});
