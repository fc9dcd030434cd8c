import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, settingNames } from '@followthrough/service-kit';
import { describeUnless } from '@followthrough/testing';
import { parse, stringify } from 'yaml';
import { helm, helmMissing, HOOK } from './helm/helm';
import { faultsOf, manifestsOf, type Manifest } from './helm/kubernetes';

const root = join(__dirname, '..');
const chart = join(root, 'deploy', 'helm', 'followthrough');
const services = readdirSync(join(root, 'services')).sort();
const schema = JSON.parse(readFileSync(join(chart, 'values.schema.json'), 'utf8')) as {
  $defs: Record<'settings' | 'secrets', { propertyNames: { enum: string[] } }>;
};

const least = {
  settings: { PUBLIC_URL: 'https://followthrough.example.org', KAFKA_BROKERS: 'k1:9092,k2:9092' },
  secrets: {
    DATABASE_URL: { secret: 'ours', key: 'database' },
    INSTANCE_SECRET: { secret: 'ours', key: 'instance' },
  },
};
const most = {
  ...least,
  settings: {
    ...least.settings,
    KAFKA_TLS: true,
    KAFKA_SASL_MECHANISM: 'scram-sha-512',
    KAFKA_USERNAME: 'all',
    KAFKA_REPLICATION: 3,
    UPLOAD_LIMIT_MB: 100,
  },
  secrets: {
    ...least.secrets,
    REDIS_URL: { secret: 'ours', key: 'redis' },
    KAFKA_PASSWORD: { secret: 'ours', key: 'kafka' },
  },
  kafkaCa: { secret: 'kafka-ca', key: 'ca.crt' },
  topics: {
    settings: { KAFKA_USERNAME: 'topic-maker' },
    secrets: { KAFKA_PASSWORD: { secret: 'makers', key: 'kafka' } },
  },
  services: { portal: { replicas: 2 }, funding: { replicas: 3, settings: { KAFKA_USERNAME: 'funding' } } },
  ingress: {
    enabled: true,
    className: 'nginx',
    host: 'followthrough.example.org',
    tlsSecret: 'tls',
    annotations: { a: 'b' },
  },
  networkPolicy: { enabled: true, portalFrom: [{ namespaceSelector: { matchLabels: { kind: 'edge' } } }] },
  imagePullSecrets: [{ name: 'registry' }],
  nodeSelector: { disk: 'fast' },
  tolerations: [{ key: 'only', operator: 'Exists' }],
  podAnnotations: { seen: 'yes' },
};

interface Variable {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef: { name: string; key: string } };
}
const podOf = ({ spec }: Manifest) => spec.template.spec;
const containerOf = (manifest: Manifest) => podOf(manifest).containers[0];
const environmentOf = (manifest: Manifest) => containerOf(manifest).env as Variable[];
const named = (manifests: Manifest[], kind: string, name: string) =>
  manifests.find((one) => one.kind === kind && one.metadata.name === `site-followthrough-${name}`)!;

it('takes exactly the settings that are read and not its own affair', () => {
  const { settings, secrets } = schema.$defs;
  // The image sets where to listen and where to write; addresses within and the certificate's place follow.
  const own = ['HOST', 'PORT', 'DATA_DIR', 'SERVICE_URLS', 'KAFKA_TLS_CA'];
  // Named here: what others add to the configuration must be offered, or said why not.
  expect([...settings.propertyNames.enum, ...secrets.propertyNames.enum, ...own].sort()).toEqual(
    [...settingNames].sort(),
  );
});

describeUnless(helmMissing())('the chart', () => {
  let lint: string;
  let small: Manifest[];
  let large: Manifest[];
  let refused: string[];

  beforeAll(() => {
    const misspelt = { ...least, settings: { ...least.settings, LOGLEVEL: 'info' } };
    const open = { ...least, settings: { ...least.settings, INSTANCE_SECRET: 'in the open' } };
    const without = { settings: least.settings };
    const results = helm(
      chart,
      [least, most, misspelt, open, without].map((values) => stringify(values, { version: '1.1' })),
    );
    lint = results.lint;
    [small = [], large = []] = results.rendered.slice(0, 2).map(manifestsOf);
    refused = results.rendered.slice(2);
  }, 300_000);

  it("passes Helm's linter", () => {
    expect(lint.split('\n').filter((line) => line.startsWith('[') && !line.startsWith('[INFO]'))).toEqual([]);
  });

  it("renders what Kubernetes' schema takes, with few values and with all", () => {
    expect(small.length).toBeGreaterThan(10);
    expect(large.length).toBeGreaterThan(small.length);
    for (const manifest of [...small, ...large])
      expect([manifest.metadata.name, ...faultsOf(manifest)]).toEqual([manifest.metadata.name]);
  });

  it('a wrong, a missing and a misspelt field would be told', () => {
    const deployment = named(small, 'Deployment', 'funding');
    const change = (work: (copy: Manifest) => void) => {
      const copy = structuredClone(deployment);
      work(copy);
      return faultsOf(copy);
    };
    expect(change((copy) => (copy.spec.replicas = 'two'))).toEqual([
      expect.stringContaining('must be integer'),
    ]);
    expect(change((copy) => delete copy.spec.selector)).toEqual([expect.stringContaining('selector')]);
    expect(change((copy) => (containerOf(copy).readynessProbe = {}))).toEqual([
      'Deployment.spec.template.spec.containers.0.readynessProbe is not a field',
    ]);
  });

  it('refuses values that it does not know, secrets in the open, and installations without any', () => {
    expect(refused).toEqual([
      expect.stringMatching(/^REFUSED .*LOGLEVEL/s),
      expect.stringMatching(/^REFUSED .*INSTANCE_SECRET/s),
      expect.stringMatching(/^REFUSED .*secrets\.DATABASE_URL names the Secret and key/s),
    ]);
  });

  it.each(services)('runs %s, found by its name and asked by its own questions', (service) => {
    const deployment = named(large, 'Deployment', service);
    const container = containerOf(deployment);
    expect(container.command.slice(0, 3)).toEqual(['node', 'host/dist/service-main.js', service]);
    expect(container.livenessProbe.httpGet.path).toBe(`/api/${service}/v1/health`);
    expect(container.startupProbe.httpGet.path).toBe(`/api/${service}/v1/health`);
    expect(container.readinessProbe.httpGet.path).toBe(`/api/${service}/v1/ready`);
    const door = named(large, 'Service', service).spec;
    const labels = deployment.spec.template.metadata.labels as Record<string, string>;
    expect(labels).toMatchObject(door.selector);
    expect(labels).toMatchObject(deployment.spec.selector.matchLabels);
    expect(labels).toMatchObject(named(large, 'PodDisruptionBudget', service).spec.selector.matchLabels);
    const image = /^ENV .*\bPORT=(\d+)/m.exec(
      readFileSync(join(root, 'deploy', 'docker', 'Dockerfile'), 'utf8'),
    )![1];
    expect([container.ports[0].containerPort, door.ports[0].port]).toEqual([Number(image), Number(image)]);
  });

  it('gives settings that are read and can be used, and secrets by reference only', () => {
    const filled: Record<string, string> = {
      DATABASE_URL: 'postgres://someone:secret@db/postgres',
      REDIS_URL: 'redis://redis',
      INSTANCE_SECRET: 'as long as a secret has to be, or longer',
      KAFKA_PASSWORD: 'secret',
    };
    for (const manifest of [...small, ...large].filter(({ kind }) => ['Deployment', 'Job'].includes(kind))) {
      const environment = environmentOf(manifest);
      expect(environment.filter(({ name }) => !settingNames.includes(name))).toEqual([]);
      const given = Object.fromEntries(environment.map(({ name, value }) => [name, value ?? filled[name]]));
      const { serviceUrls } = readConfig({ ...given, KAFKA_TLS_CA: '', HOST: '0.0.0.0', PORT: '4000' }, root);
      expect(serviceUrls).toEqual(
        Object.fromEntries(services.map((name) => [name, [`http://site-followthrough-${name}:4000`]])),
      );
      for (const { name, value } of environment) {
        if (schema.$defs.secrets.propertyNames.enum.includes(name))
          expect([name, value]).toEqual([name, undefined]);
      }
    }
    expect(large.map(({ kind }) => kind)).not.toContain('Secret');
  });

  it('lets a service and the making of topics have a user of their own at Kafka', () => {
    const userOf = (manifest: Manifest) =>
      environmentOf(manifest).find(({ name }) => name === 'KAFKA_USERNAME')!.value;
    const job = named(large, 'Job', 'topics');
    expect([
      userOf(job),
      userOf(named(large, 'Deployment', 'funding')),
      userOf(named(large, 'Deployment', 'portal')),
    ]).toEqual(['topic-maker', 'funding', 'all']);
    expect(environmentOf(job)).toContainEqual({
      name: 'KAFKA_PASSWORD',
      valueFrom: { secretKeyRef: { name: 'makers', key: 'kafka' } },
    });
    expect(job.metadata.annotations).toMatchObject({ [HOOK]: 'pre-install,pre-upgrade' });
    expect(containerOf(job).command).toEqual(['node', 'cli/dist/ft.js', 'events', 'topics', 'apply']);
  });

  it('lets its pods do little', () => {
    const pods = large.filter(({ kind }) => ['Deployment', 'Job'].includes(kind));
    expect(pods).toHaveLength(services.length + 1);
    for (const manifest of pods) {
      expect(podOf(manifest)).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      });
      expect(containerOf(manifest).securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(containerOf(manifest).resources.limits.memory).toBeTruthy();
      const mounts = containerOf(manifest).volumeMounts.map(({ name }: { name: string }) => name);
      expect(mounts).toEqual(podOf(manifest).volumes.map(({ name }: { name: string }) => name));
    }
  });

  it('says where the administrator begins while one replica of the portal runs', () => {
    expect(containerOf(named(small, 'Deployment', 'portal')).command).toContain('--announce');
    expect(containerOf(named(large, 'Deployment', 'portal')).command).not.toContain('--announce');
  });

  it('is of the release that it installs', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    const { appVersion } = parse(readFileSync(join(chart, 'Chart.yaml'), 'utf8')) as { appVersion: string };
    expect(appVersion).toBe(version);
  });
});
