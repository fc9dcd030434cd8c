import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KafkaSettings } from '@followthrough/service-kit';
import { kafkaMissing } from '@followthrough/stack';
import { describeUnless } from '@followthrough/testing';
import {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  Kafka,
  ResourcePatternTypes,
  logLevel,
} from 'kafkajs';
import { eventually } from '../../testing/eventually';
import { kafkaWorld, type KafkaWorld } from '../../testing/kafka-world';

const users = { operator: 'operator-secret', funding: 'funding-secret' };
const OWN = 'funding.v1';
const OTHERS = 'recommendations.v1';
const DEAD_LETTERS = 'recommendations.v1.funding.dlq';

describeUnless(kafkaMissing())('a Kafka that demands TLS and a sign-in', () => {
  let world: KafkaWorld;
  let certificate: string;

  beforeAll(async () => {
    const tls = selfSigned();
    certificate = tls.certificate;
    world = await kafkaWorld({
      security: {
        mechanisms: ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'],
        users,
        superUsers: ['operator'],
        tls,
      },
    });
  });

  afterAll(() => world.close());

  const as = (
    username: keyof typeof users,
    mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512' = 'scram-sha-512',
    password: string = users[username],
  ): KafkaSettings => ({
    ...world.settings,
    tls: { ca: certificate },
    sasl: { mechanism, username, password },
  });

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)('lets us in by %s', async (mechanism) => {
    const transport = world.connect({ settings: as('operator', mechanism) });
    await expect(transport.ping()).resolves.toBeUndefined();
    const wrong = world.connect({ settings: as('operator', mechanism, 'wrong') });
    await expect(wrong.ping()).rejects.toThrow(/authentication/i);
  });

  it('does not let us in without a certificate that we trust, or without a sign-in', async () => {
    const distrusting = world.connect({ settings: { ...as('operator'), tls: { ca: null } } });
    await expect(distrusting.ping()).rejects.toThrow();
    const nobody = world.connect({ settings: { ...as('operator'), sasl: null } });
    await expect(nobody.ping()).rejects.toThrow();
  });

  it('is used by a service that may read, write its own topic and the dead letters of its group, and nothing else', async () => {
    const operator = world.connect({ settings: as('operator') });
    const topics = [OWN, OTHERS, DEAD_LETTERS].map((name) => ({ name, partitions: 1 }));
    await operator.applyTopics(topics);
    await operator.ensureTopics(topics);
    await allowFunding();

    const funding = world.connect({ settings: as('funding'), makeTopics: false });
    await eventually(() => funding.ensureTopics(topics).then(() => true));
    const record = (topic: string) => ({ topic, partition: 0, key: 'a', value: '{}', headers: {} });
    await expect(funding.send([record(OWN), record(DEAD_LETTERS)])).resolves.toHaveLength(2);
    await expect(funding.send([record(OTHERS)])).rejects.toThrow(/Not authorized/);

    const seen: string[] = [];
    await operator.send([record(OTHERS)]);
    await funding.subscribe({
      group: 'funding',
      topics: [OTHERS],
      batchSize: 10,
      concurrency: 1,
      onBatch: async (batch) => {
        seen.push(...batch.records.map(({ topic }) => topic));
        await batch.handled(batch.records.at(-1)!.offset);
      },
    });
    await eventually(() => seen.length === 1);
    await eventually(async () => (await funding.lag('funding', [OTHERS]))[0]!.lag === 0);
    await expect(funding.applyTopics([{ name: 'funding.v2', partitions: 1 }])).rejects.toThrow(
      /Not authorized/,
    );
  });

  /** What docs/kafka.md tells an operator to allow. */
  async function allowFunding(): Promise<void> {
    const { operator: password } = users;
    const admin = new Kafka({
      brokers: world.cluster.addresses,
      ssl: { ca: [certificate] },
      sasl: { mechanism: 'plain', username: 'operator', password },
      logLevel: logLevel.NOTHING,
    }).admin();
    await admin.connect();
    const { TOPIC, GROUP, CLUSTER } = AclResourceTypes;
    const { READ, WRITE, DESCRIBE_CONFIGS, IDEMPOTENT_WRITE } = AclOperationTypes;
    const rights: [AclResourceTypes, string, AclOperationTypes][] = [
      ...[OWN, OTHERS, DEAD_LETTERS].flatMap((topic): [AclResourceTypes, string, AclOperationTypes][] => [
        [TOPIC, topic, READ],
        [TOPIC, topic, DESCRIBE_CONFIGS],
      ]),
      [TOPIC, OWN, WRITE],
      [TOPIC, DEAD_LETTERS, WRITE],
      [GROUP, 'funding', READ],
      [CLUSTER, 'kafka-cluster', IDEMPOTENT_WRITE],
    ];
    await admin.createAcls({
      acl: rights.map(([resourceType, resourceName, operation]) => ({
        resourceType,
        resourceName,
        resourcePatternType: ResourcePatternTypes.LITERAL,
        principal: 'User:funding',
        host: '*',
        operation,
        permissionType: AclPermissionTypes.ALLOW,
      })),
    });
    await admin.disconnect();
  }
});

function selfSigned(): { key: string; certificate: string } {
  const folder = mkdtempSync(join(tmpdir(), 'followthrough-tls-'));
  try {
    const { status, stderr } = spawnSync(
      'openssl',
      [
        ...[
          'req',
          '-x509',
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:prime256v1',
          '-nodes',
          '-days',
          '2',
        ],
        ...['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'],
        ...['-keyout', 'key.pem', '-out', 'certificate.pem'],
      ],
      { cwd: folder, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`openssl failed: ${stderr}`);
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    return { key: read('key.pem'), certificate: read('certificate.pem') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
