import { catalogue, findEvent } from '@followthrough/contracts';
import type { Consumer } from './consumer';

/**
 * Compares what a service handles with what the catalogue says it handles.
 * @throws Error whose message names the first difference and its fix
 */
export function checkConsumers(service: string, consumers: readonly Consumer[]): void {
  const groups = new Set<string>();
  const handled = new Set<string>();
  for (const { group, handlers } of consumers) {
    if (group !== service && !group.startsWith(`${service}.`)) {
      throw new Error(`Consumer ${group} of ${service}: call it ${service} or ${service}.<purpose>.`);
    }
    if (groups.has(group)) throw new Error(`Two consumers are called ${group}: join them, or rename one.`);
    groups.add(group);
    const inGroup = new Set<string>();
    for (const type of handlers.flatMap(({ events }) => events)) {
      const definition = findEvent(type);
      if (!definition) {
        throw new Error(`Consumer ${group} handles ${type}, which no proto file defines: correct the name.`);
      }
      if (inGroup.has(type)) {
        throw new Error(
          `Consumer ${group} has two handlers for ${type}: join them, or give one a group of its own.`,
        );
      }
      if (!definition.consumers.includes(service)) {
        throw new Error(
          `Consumer ${group} handles ${type}, but the catalogue does not know: add ${service} to its consumers in proto/.`,
        );
      }
      inGroup.add(type);
      handled.add(type);
    }
  }
  const forgotten = catalogue.find(
    ({ type, consumers: known }) => known.includes(service) && !handled.has(type),
  );
  if (forgotten) {
    throw new Error(
      `${service} has no handler for ${forgotten.type}: add one to its consumers, or take ${service} out of the event's consumers in proto/.`,
    );
  }
}
