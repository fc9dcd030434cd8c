import { resolve } from 'node:path';

/** What the command line takes from its surroundings. */
export interface CliConfig {
  /** address of the running instance, without a slash at the end */
  url: string;
  /** secret of a service account; '' if none was given */
  token: string;
  /** folder in which the person stands */
  folder: string;
}

const LOCAL = 'http://127.0.0.1:4000';

export function readConfig(env: NodeJS.ProcessEnv = process.env, cwd: string = process.cwd()): CliConfig {
  // `npm run` changes into the package's folder and says where it was called from. A command that some other npm
  // script starts stands where that script put it.
  const throughNpm = env.npm_lifecycle_event === 'ft' && env.INIT_CWD;
  return {
    url: (env.FT_URL || LOCAL).replace(/\/+$/, ''),
    token: env.FT_TOKEN ?? '',
    folder: throughNpm ? resolve(throughNpm) : cwd,
  };
}
