/**
 * Loaded before a process under test: the wall clock it sees can be set, as a machine's can. Timers and
 * `performance.now()` go on as they are, which is what a jumping clock does too.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.FAULTS_CLOCKS;
if (folder) {
  const file = join(folder, String(process.pid));
  const RealDate = Date;
  let byMs = 0;
  const look = (): void => {
    byMs = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  };
  setInterval(look, 200).unref();
  const now = (): number => RealDate.now() + byMs;
  globalThis.Date = new Proxy(RealDate, {
    construct: (date, given) => Reflect.construct(date, given.length === 0 ? [now()] : given),
    get: (date, name) => (name === 'now' ? now : Reflect.get(date, name)),
  });
}
