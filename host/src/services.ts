import { consultationsService } from '@followthrough/consultations';
import { fundingService } from '@followthrough/funding';
import type { JobDefinition } from '@followthrough/jobs';
import type { Consumer } from '@followthrough/messaging';
import { notificationsService } from '@followthrough/notifications';
import { portalService } from '@followthrough/portal';
import { recommendationsService } from '@followthrough/recommendations';
import type { ServiceDefinition } from '@followthrough/service-kit';

/** Every service of the platform. */
export const services: ServiceDefinition<Consumer, JobDefinition>[] = [
  recommendationsService,
  consultationsService,
  fundingService,
  notificationsService,
  portalService,
];
