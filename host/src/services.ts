import { consultationsService } from '@followthrough/consultations';
import { fundingService } from '@followthrough/funding';
import type { JobDefinition } from '@followthrough/jobs';
import {
  platformTopics,
  type Consumer,
  type SnapshotSource,
  type TransportTopic,
} from '@followthrough/messaging';
import { notificationsService } from '@followthrough/notifications';
import { portalService } from '@followthrough/portal';
import { recommendationsService } from '@followthrough/recommendations';
import type { ServiceDefinition } from '@followthrough/service-kit';

/** Every service of the platform. */
export const services: ServiceDefinition<Consumer, JobDefinition, SnapshotSource>[] = [
  recommendationsService,
  consultationsService,
  fundingService,
  notificationsService,
  portalService,
];

/** Every topic that they write, read or leave dead letters on. */
export function topicsOfServices(): TransportTopic[] {
  return platformTopics(
    Object.fromEntries(services.map(({ name, furtherGroups = [] }) => [name, furtherGroups])),
  );
}
