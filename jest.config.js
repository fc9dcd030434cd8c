// Packages that ship as ECMAScript modules only, or import() some. Jest on Node 20 cannot load them, so they are
// transformed like our own code.
const modules = [
  '@nestjs',
  '@bufbuild',
  '@formatjs',
  '@opentelemetry/otlp-exporter-base',
  'hucre',
  'jose',
  'oauth4webapi',
  'openid-client',
  'oidc-provider',
  'koa',
  'nanoid',
  'quick-lru',
  'eta',
  'pg-copy-streams',
  '@scure',
  '@noble',
];

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: [
    '<rootDir>/libs',
    '<rootDir>/services',
    '<rootDir>/host',
    '<rootDir>/cli',
    '<rootDir>/e2e',
    '<rootDir>/tools',
  ],
  testMatch: ['**/*.spec.ts', '**/*.spec.tsx'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/.data/', '<rootDir>/.nx/'],
  moduleNameMapper: {
    '^@followthrough/imports/(files|fixtures)$': '<rootDir>/libs/imports/src/$1/index.ts',
    '^@followthrough/testing/browser$': '<rootDir>/libs/testing/src/browser/index.ts',
    '^@followthrough/recommendations/formats/worker-module$':
      '<rootDir>/services/recommendations/src/domain/formats/worker-module.ts',
    '^@followthrough/recommendations/formats$':
      '<rootDir>/services/recommendations/src/domain/formats/index.ts',
    '^@followthrough/funding/formats$': '<rootDir>/services/funding/src/domain/formats/index.ts',
    '^@followthrough/(recommendations|consultations|funding|notifications|portal)$':
      '<rootDir>/services/$1/src/index.ts',
    '^@followthrough/host$': '<rootDir>/host/src/index.ts',
    '^@followthrough/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
  },
  transform: {
    '^.+\\.(ts|tsx|js|mjs)$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: false, decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          target: 'es2022',
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
        swcrc: false,
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${modules.join('|')})(/|$))`],
  globalSetup: '<rootDir>/libs/testing/src/jest/global-setup.ts',
  globalTeardown: '<rootDir>/libs/testing/src/jest/global-teardown.ts',
  testTimeout: 120_000,
  maxWorkers: 2,
};
