import { join } from 'node:path';

export { Caller as CallerIdentity, type Membership } from './access/caller';
export { Caller, Public, Requires, SignedIn, type AccessRule } from './access/decorators';
export {
  organisationClasses,
  permissions,
  roles,
  type OrganisationClass,
  type Permission,
  type Role,
} from './access/roles';
export { ACCESS_TOKEN_AUDIENCE, TokenVerifier, type AccessClaims } from './access/token';
export { audit, type AuditEntry } from './audit';
export { Clock } from './clock';
export { ConfigError, readConfig, settingNames, type PlatformConfig } from './config';
export { currentContext, newContext, runInContext, type WorkContext } from './context';
export { failPoint } from './fail-point';
export { keepHeapSmall, withSmallHeap } from './heap';
export { endOf, tellStopping } from './http/end-early';
export { problemOf, sendProblem } from './http/problem.filter';
export { requestContext, requestLog } from './http/request-context';
export { zodBody, zodQuery } from './http/validation';
export type { KafkaSettings } from './kafka-settings';
export { createLogger, LOGGER, type Logger } from './log';
export { Problem, problemStatus, type ProblemKind } from './problem';
export {
  CONFIG,
  METRICS,
  type RuntimeConfig,
  type ServiceDefinition,
  type ServiceName,
  type ServiceRuntime,
} from './runtime/definition';
export { KitModule } from './runtime/kit.module';
export { apiPrefix, openApiOf } from './runtime/openapi';
export { routesOf, type Route } from './runtime/routes';
export { createServiceApp, type ServiceApp } from './runtime/service-app';
export {
  goingOnWith,
  inSpan,
  isTracing,
  openSpan,
  recordSpansBy,
  traceToKeep,
  type Span,
  type SpanStart,
  type StartSpan,
} from './tracing/span';
export { causesOf } from './tracing/traceparent';

/** Folder of the SQL migrations that every service database needs. */
export const serviceKitMigrations = join(__dirname, '..', 'migrations');
