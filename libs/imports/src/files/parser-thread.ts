/** The other end of `parseInWorker`: runs in the worker thread, from built JavaScript, see parser-thread-start.mjs. */
import type { MessagePort } from 'node:worker_threads';
import type { ImportModule, ParserModule, ThreadMessage, ThreadRequest } from './thread-messages';
import { WINDOW } from './thread-messages';
import { UnreadableFile } from './types';

export async function run(
  port: MessagePort,
  { module, request, batchRows }: ThreadRequest,
  importModule: ImportModule,
): Promise<void> {
  const send = (message: ThreadMessage) => port.postMessage(message);
  let window = WINDOW;
  let wake: (() => void) | null = null;
  port.on('message', () => {
    window += 1;
    wake?.();
  });
  try {
    // The module is named by the caller's own code, never by a file or a request.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const parser = require(module) as ParserModule<unknown, unknown, unknown, unknown>;
    const file = await parser.open(request, importModule);
    try {
      send({ kind: 'header', header: file.header });
      let rows: unknown[] = [];
      const flush = async () => {
        send({ kind: 'batch', rows });
        rows = [];
        window -= 1;
        while (window <= 0) await new Promise<void>((resolve) => (wake = resolve));
      };
      for await (const row of file.rows) if (rows.push(row) >= batchRows) await flush();
      if (rows.length > 0) await flush();
      send({ kind: 'footer', footer: file.footer() });
    } finally {
      file.close?.();
    }
  } catch (error) {
    if (error instanceof UnreadableFile) send({ kind: 'unreadable', reason: error.reason, cure: error.cure });
    else
      send({
        kind: 'broken',
        message: String((error as Error).message),
        stack: (error as Error).stack ?? '',
      });
  } finally {
    port.close();
  }
}
