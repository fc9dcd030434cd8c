import { useQuery } from '@tanstack/react-query';
import { operations, services, type Service, type Standing } from '../../api/operations';
import type { MessageId } from '../../intl/catalogue';

const REFRESH_MS = 10_000;

/** What a service said, or why it said nothing. */
export type Said<T> =
  { service: Service; answer: T; error: null } | { service: Service; answer: null; error: unknown };

/** Where the events of each service are; a service that does not answer keeps its place. */
export function useStandings() {
  return useQuery<Said<Standing>[]>({
    queryKey: ['operations', 'standings'],
    queryFn: () => askEach(operations.standing),
    refetchInterval: REFRESH_MS,
  });
}

/** Whether each service says that it can do its work. */
export function useReadiness() {
  return useQuery<Said<boolean>[]>({
    queryKey: ['operations', 'ready'],
    queryFn: () => askEach(operations.ready),
    refetchInterval: REFRESH_MS,
  });
}

function askEach<T>(ask: (service: Service) => Promise<T>): Promise<Said<T>[]> {
  return Promise.all(
    services.map((service) =>
      ask(service).then(
        (answer): Said<T> => ({ service, answer, error: null }),
        (error: unknown): Said<T> => ({ service, answer: null, error }),
      ),
    ),
  );
}

export const serviceWord = (service: Service): MessageId => `work.operations.service.${service}`;

/** `portal.feed` is of the service `portal`. */
export const serviceOf = (subscription: string): Service => subscription.split('.')[0] as Service;
