import type { CliConfig } from '../config';
import { CommandFailure } from '../failure';

/** RFC 9457, as every service of the platform answers. */
interface ProblemDocument {
  title?: string;
  detail?: string;
}

/** The failure that an answer tells, as a sentence for the person at the keyboard. */
export async function failureOf(
  response: Response,
  config: Pick<CliConfig, 'url' | 'token'>,
): Promise<CommandFailure> {
  const problem = await problemOf(response);
  if (response.status === 401 && config.token === '') {
    return new CommandFailure('Sign in first: set FT_TOKEN to the secret of a service account.');
  }
  if (!problem) {
    return new CommandFailure(
      `What answers at ${config.url} is not Followthrough (${response.status}): check FT_URL.`,
    );
  }
  const said = problem.detail ?? problem.title ?? `The instance answered ${response.status}.`;
  return new CommandFailure(response.status === 401 ? `${said} Check FT_TOKEN.` : said);
}

async function problemOf(response: Response): Promise<ProblemDocument | null> {
  const text = await response.text().catch(() => '');
  if (response.status === 503 && text.startsWith('Followthrough')) return { detail: text.trim() };
  if (!(response.headers.get('content-type') ?? '').includes('json')) return null;
  try {
    return JSON.parse(text) as ProblemDocument;
  } catch {
    return null;
  }
}

/** Nothing answered. */
export function unreachable(error: unknown, url: string): CommandFailure {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  const code = cause?.code ?? '';
  if (code === 'ECONNREFUSED') {
    return new CommandFailure(
      `Nothing answers at ${url}: start it with npm start, or set FT_URL to where it runs.`,
    );
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new CommandFailure(`There is no machine of the name in ${url}: check FT_URL.`);
  }
  if ((error as Error).message.includes('Failed to parse URL') || code === 'ERR_INVALID_URL') {
    return new CommandFailure(
      `FT_URL is "${url}", which is no address: write it like https://follow.example.`,
      2,
    );
  }
  return new CommandFailure(`${url} cannot be reached (${cause?.message ?? (error as Error).message}).`);
}
