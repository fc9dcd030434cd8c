import { CommandFailure } from '../../failure';
import { SERVICES } from '../../instance/operations';

/** The service of that name, or every one. */
export function whichServices(name: string | undefined): readonly string[] {
  if (name === undefined) return SERVICES;
  if ((SERVICES as readonly string[]).includes(name)) return [name];
  throw new CommandFailure(`There is no service ${name}: choose one of ${SERVICES.join(', ')}.`, 2);
}

/** What each service answers, or the sentence why it does not. */
export async function askEach<T>(
  services: readonly string[],
  ask: (service: string) => Promise<T>,
): Promise<{ answers: [service: string, answer: T][]; failures: string[] }> {
  const asked = await Promise.allSettled(services.map(ask));
  const answers: [string, T][] = [];
  const failures: string[] = [];
  asked.forEach((outcome, nth) => {
    const service = services[nth]!;
    if (outcome.status === 'fulfilled') answers.push([service, outcome.value]);
    else if (outcome.reason instanceof CommandFailure) failures.push(`${service}: ${outcome.reason.message}`);
    else throw outcome.reason;
  });
  // Where none answers, one reason is enough: the instance is away, or the account may not.
  if (answers.length === 0) throw (asked[0] as PromiseRejectedResult).reason;
  return { answers, failures };
}
