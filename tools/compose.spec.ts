import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, settingNames } from '@followthrough/service-kit';
import { parse } from 'yaml';

const root = join(__dirname, '..');
const text = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const files = ['docker-compose.yml', 'deploy/compose/embedded.yml'];
const services = readdirSync(join(root, 'services')).sort();

interface Container {
  image?: string;
  build?: object;
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
  ports?: string[];
  volumes?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
}
const containersOf = (file: string) =>
  (parse(text(file), { merge: true }) as { services: Record<string, Container> }).services;

const secrets: Record<string, string> = {
  POSTGRES_PASSWORD: 'a-password',
  INSTANCE_SECRET: 'as long as a secret has to be, or longer',
  OIDC_CLIENT_SECRET: 'a-secret',
  KEYCLOAK_PASSWORD: 'another-password',
};
/** As Compose does it: `${NAME}`, `${NAME:-default}`, `${NAME:?message}`. */
const filledIn = (value: string) =>
  value.replace(/\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g, (_, name: string, otherwise?: string) => {
    const filled = secrets[name] ?? otherwise;
    if (filled === undefined) throw new Error(`${name} is neither a secret nor has a default`);
    return filled;
  });
const lint = (...paths: string[]) => {
  const program = join(root, 'node_modules', 'dclint', 'bin', 'dclint.cjs');
  // The edge is there to be reached from outside; that nothing else is, is a test below.
  const options = ['--quiet', '--disable-rule', 'no-unbound-port-interfaces'];
  return spawnSync(process.execPath, [program, ...paths, ...options], { cwd: root, encoding: 'utf8' });
};

it('is what the schema of Compose and the linter take', () => {
  const { status, stdout, stderr } = lint(...files);
  expect({ status, output: (stdout + stderr).trim() }).toEqual({ status: 0, output: '' });
});

it('a misspelt key would be told', () => {
  const folder = mkdtempSync(join(tmpdir(), 'followthrough-compose-'));
  writeFileSync(join(folder, 'docker-compose.yml'), text(files[0]!).replace('healthcheck:', 'helthcheck:'));
  const { status, stdout } = lint(join(folder, 'docker-compose.yml'));
  rmSync(folder, { recursive: true });
  expect([status, stdout]).toEqual([1, expect.stringMatching(/services\/postgres.*invalid-schema/)]);
});

it('runs every service, each found by its name and asked by its own question', () => {
  const containers = containersOf('docker-compose.yml');
  const own = Object.keys(containers).filter((name) =>
    containers[name]!.command?.includes('host/dist/service-main.js'),
  );
  expect(own.sort()).toEqual(services);
  const { serviceUrls, port } = readConfig(
    {
      ...containers.portal!.environment,
      PORT: dockerEnvironment().PORT,
      INSTANCE_SECRET: secrets.INSTANCE_SECRET,
      PUBLIC_URL: 'https://localhost',
      OIDC_CLIENT_ID: '',
      OIDC_ISSUER: '',
      LOG_LEVEL: '',
      SMTP_URL: '',
    },
    root,
  );
  expect(serviceUrls).toEqual(Object.fromEntries(services.map((name) => [name, [`http://${name}:${port}`]])));
  for (const name of services) {
    expect(containers[name]!.command!.slice(0, 3)).toEqual(['node', 'host/dist/service-main.js', name]);
    expect(containers[name]!.healthcheck!.test).toEqual(['CMD', 'node', 'ready.mjs', name]);
  }
  expect(containers.edge!.environment!.UPSTREAM).toBe(`portal:${port}`);
});

describe.each(files)('%s', (file) => {
  const containers = containersOf(file);
  const ours = Object.entries(containers).filter(([, { build }]) => build);

  it.each(ours)('gives %s settings that it reads and can use', (_, { environment = {} }) => {
    expect(Object.keys(environment).filter((name) => !settingNames.includes(name))).toEqual([]);
    const filled = Object.entries(environment).map(([name, value]) => [name, filledIn(value)]);
    expect(() => readConfig({ ...dockerEnvironment(), ...Object.fromEntries(filled) }, root)).not.toThrow();
  });

  it.each(ours)('lets %s do little', (_, container) => {
    expect(container).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  it('starts in an order that can be kept', () => {
    for (const { depends_on = {} } of Object.values(containers)) {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        expect(Object.keys(containers)).toContain(name);
        // Our own image brings its question along.
        const asks = containers[name]!.healthcheck?.test ?? containers[name]!.build;
        if (condition === 'service_healthy') expect([name, asks]).not.toEqual([name, undefined]);
        if (condition === 'service_completed_successfully')
          expect(containers[name]!.command).toContain('apply');
      }
    }
  });

  it('lets only the edge be reached from other machines', () => {
    for (const [name, { ports = [] }] of Object.entries(containers)) {
      if (name !== 'edge') expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    }
  });

  it('names a release of each image, and files that are there', () => {
    for (const { image = '', build, volumes = [] } of Object.values(containers)) {
      if (!build) expect(image).toMatch(/:v?\d/);
      for (const volume of volumes.filter((one) => one.startsWith('./'))) {
        expect([volume, existsSync(join(root, volume.split(':')[0]!))]).toEqual([volume, true]);
      }
    }
  });

  it('is content with what .env.example asks for', () => {
    const asked = new Set([...text('.env.example').matchAll(/^(\w+)=/gm)].map(([, name]) => name));
    const required = [...text(file).matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name);
    expect(required.filter((name) => !asked.has(name))).toEqual([]);
  });
});

it('.env.example and the settings of the bundle name only what is read', () => {
  const names = (content: string) => [...content.matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name!);
  const taken = new Set(
    files.flatMap((file) => [...text(file).matchAll(/\$\{(\w+)/g)].map(([, name]) => name)),
  );
  expect(names(text('.env.example')).filter((name) => !taken.has(name))).toEqual([]);
  const bundle = names(text('deploy', 'bundle', 'env.example'));
  expect(bundle.length).toBeGreaterThan(15);
  expect(bundle.filter((name) => !settingNames.includes(name))).toEqual([]);
});

it("Keycloak's realm holds the client that the portal signs in with", () => {
  const { portal, keycloak } = containersOf('docker-compose.yml');
  const realm = JSON.parse(text('deploy', 'keycloak', 'realm.json')) as {
    realm: string;
    clients: { clientId: string; secret: string; redirectUris: string[]; publicClient: boolean }[];
  };
  const environment = portal!.environment!;
  expect(filledIn(environment.OIDC_ISSUER!)).toBe(
    `${keycloak!.environment!.KC_HOSTNAME}/realms/${realm.realm}`,
  );
  expect(realm.clients).toEqual([
    expect.objectContaining({
      clientId: filledIn(environment.OIDC_CLIENT_ID!),
      secret: '${OIDC_CLIENT_SECRET}',
      publicClient: false,
      redirectUris: ['${PUBLIC_URL}/sign-in/callback'],
    }),
  ]);
  const placeholders = [...text('deploy', 'keycloak', 'realm.json').matchAll(/\$\{(\w+)\}/g)].map(
    ([, name]) => name!,
  );
  expect(placeholders.filter((name) => !(name in keycloak!.environment!))).toEqual([]);
});

/** The settings that the image brings along. */
function dockerEnvironment(): Record<string, string> {
  const line = /^ENV (.*)$/m.exec(text('deploy', 'docker', 'Dockerfile'))![1]!;
  return Object.fromEntries(line.split(' ').map((pair) => pair.split('=') as [string, string]));
}
