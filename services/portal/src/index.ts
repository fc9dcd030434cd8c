import { join } from 'node:path';
import type { JobDefinition } from '@followthrough/jobs';
import { messagingMigrations, type Consumer, type SnapshotSource } from '@followthrough/messaging';
import {
  LOGGER,
  serviceKitMigrations,
  type Logger,
  type ServiceDefinition,
} from '@followthrough/service-kit';
import type { INestApplicationContext } from '@nestjs/common';
import type { RequestHandler, Router } from 'express';
import { AppModule } from './app.module';
import { accountMailJob, housekeepingJob } from './inbound/account.jobs';
import { feedConsumer } from './inbound/feed.consumer';
import { forwarder } from './inbound/forwarder';
import { pages } from './inbound/portal-pages';
import { PortalSession } from './inbound/portal-session';
import { recommendationsConsumer } from './inbound/recommendations.consumer';
import { AccountMails } from './outbound/account-mails';
import { Invitation } from './outbound/directory/invitation.entity';
import { Member } from './outbound/directory/member.entity';
import { Organisation } from './outbound/directory/organisation.entity';
import { ServiceAccount } from './outbound/directory/service-account.entity';
import { FeedRows } from './outbound/feed/feed-rows';
import { AccessTokens } from './outbound/sign-in/access-tokens';
import { PortalAddresses } from './outbound/sign-in/portal-addresses';
import { RecommendationRows } from './outbound/view/recommendation-rows';
import { VoiceRows } from './outbound/view/voice-rows';
import { KeepHouse } from './usecases/keep-house';
import { SendAccountMail } from './usecases/send-account-mail';
import { TellDirectory } from './usecases/tell-directory';

export { operatorTokenFile, setupLink } from './inbound/first-start';

export const portalService: ServiceDefinition<Consumer, JobDefinition, SnapshotSource> = {
  name: 'portal',
  migrations: [serviceKitMigrations, messagingMigrations, join(__dirname, '..', 'migrations')],
  entities: [Organisation, Member, Invitation, ServiceAccount],
  module: () => AppModule,
  furtherGroups: ['portal.feed'],
  consumers: (app) => [
    recommendationsConsumer(app.get(RecommendationRows), app.get(VoiceRows)),
    feedConsumer(app.get(FeedRows)),
  ],
  jobs: (app) => [
    accountMailJob(app.get(AccountMails), app.get(SendAccountMail)),
    housekeepingJob(app.get(KeepHouse)),
  ],
  snapshots: (app) => app.get(TellDirectory),
  // Sessions, links, throttles and signing keys are of the moment. The read model is here for its history, which no
  // snapshot tells again. The feed is not: a restored instance begins another one.
  ownedTables: [
    'directory.organisation',
    'directory.member',
    'directory.credential',
    'directory.outer_identity',
    'directory.invitation',
    'directory.service_account',
    'directory.demo',
    'view.recommendation',
    'view.change',
    'audit_record',
  ],
};

/** Stands before all of `/api`: a browser's session cookie becomes an access token, a bearer token passes. */
export function portalForwarder(app: INestApplicationContext): RequestHandler {
  return forwarder({
    session: app.get(PortalSession),
    tokens: app.get(AccessTokens),
    addresses: app.get(PortalAddresses),
    log: app.get<Logger>(LOGGER),
  });
}

/** Everything that is no API: sign-in, the built-in provider, set-up, invitations, the web application. */
export function portalPages(app: INestApplicationContext): Router {
  return pages(app);
}
