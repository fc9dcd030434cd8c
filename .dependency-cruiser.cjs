// Which way a dependency may point. Inside a service: inbound -> usecases -> domain / outbound, never back.
const service = '^services/([^/]+)/src';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-orphan-import', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'libraries-know-no-service',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(services|host|cli|e2e|bench)/' },
    },
    {
      name: 'no-service-knows-another',
      severity: 'error',
      from: { path: service },
      to: { path: '^services/([^/]+)/src', pathNot: '^services/$1/src' },
    },
    {
      name: 'pure-code-lists',
      comment: 'vocabulary is pure: it may use no other library of ours',
      severity: 'error',
      from: { path: '^libs/vocabulary/src', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/(?!vocabulary)' },
    },
    {
      name: 'domain-is-pure',
      comment: 'no framework, no database, no clock in the domain',
      severity: 'error',
      from: { path: '^services/[^/]+/src/domain/' },
      to: {
        path: '^(services/[^/]+/src/(inbound|usecases|outbound)|libs/(database|messaging|jobs|service-kit|mail)/|node_modules/(@nestjs|typeorm|pg|bullmq)/)',
      },
    },
    {
      name: 'outbound-looks-at-domain-only',
      severity: 'error',
      from: { path: '^services/[^/]+/src/outbound/' },
      to: { path: '^services/[^/]+/src/(inbound|usecases)/' },
    },
    {
      name: 'usecases-never-look-inbound',
      severity: 'error',
      from: { path: '^services/[^/]+/src/usecases/' },
      to: { path: '^services/[^/]+/src/inbound/' },
    },
    {
      name: 'a-library-has-one-door',
      severity: 'error',
      from: {
        path: '^(libs|services|host|cli|e2e|bench)/([^/]+)/',
        // What starts the server of the tests runs before any library is built.
        pathNot: ['^services/portal/web/', '^libs/testing/src/jest/'],
      },
      to: {
        path: '^libs/([^/]+)/src/',
        // imports has two more doors: what the command line needs without a server, and files for tests;
        // testing has one to the browser, which costs a second to load.
        pathNot: [
          '^libs/[^/]+/src/index\\.ts$',
          '^libs/imports/src/(files|fixtures)/index\\.ts$',
          '^libs/testing/src/browser/index\\.ts$',
          '^$1/$2/',
          '^libs/[^/]+/src/gen/.*\\.json$',
        ],
      },
    },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: { pathNot: '\\.spec\\.tsx?$' },
      to: { path: '\\.spec\\.tsx?$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|/gen/|^services/portal/web/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
