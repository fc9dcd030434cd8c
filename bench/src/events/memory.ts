import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface Memory {
  /** Bytes of objects and buffers that something still refers to. */
  used: number;
  /** Bytes that the process has of the machine's memory, before garbage was collected. */
  resident: number;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

export function memoryNow(): Memory {
  const { rss: resident } = process.memoryUsage();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return { used: heapUsed + external, resident };
}
