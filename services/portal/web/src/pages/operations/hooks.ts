import { useQueries } from '@tanstack/react-query';
import { operations, services, type Service } from '../../api/operations';
import type { MessageId } from '../../intl/catalogue';

const REFRESH_MS = 10_000;

/** Where the events of each service are; a service that does not answer keeps its place. */
export function useStandings() {
  return useQueries({
    queries: services.map((service) => ({
      queryKey: ['operations', 'standing', service],
      queryFn: () => operations.standing(service),
      refetchInterval: REFRESH_MS,
      retry: false,
    })),
  });
}

/** Whether each service says that it can do its work. */
export function useReadiness() {
  return useQueries({
    queries: services.map((service) => ({
      queryKey: ['operations', 'ready', service],
      queryFn: () => operations.ready(service),
      refetchInterval: REFRESH_MS,
      retry: false,
    })),
  });
}

export const serviceWord = (service: Service): MessageId => `work.operations.service.${service}`;

/** `portal.feed` is of the service `portal`. */
export const serviceOf = (subscription: string): Service => subscription.split('.')[0] as Service;
