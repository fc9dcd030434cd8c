import { Inject, Injectable } from '@nestjs/common';
import { builtModule, parseInWorker, UnreadableFile } from '@followthrough/imports/files';
import { LOGGER, Problem, type Logger } from '@followthrough/service-kit';
import type { ReadPlan } from '../../domain/roadmap/workbook/read-plan';

const LIMITS = { memoryMb: 256, silenceMs: 30_000 };

/** Reads the file of a plan in a thread of its own, so that none can stop or exhaust the service. */
@Injectable()
export class PlanFileReader {
  constructor(@Inject(LOGGER) private readonly log: Logger) {}

  /** @throws Problem `unprocessable` that says what is wrong with the file and what to do */
  async read(bytes: Buffer): Promise<ReadPlan> {
    const parsing = parseInWorker<ReadPlan, never, null>({
      module: builtModule(__dirname, 'plan-file.worker.js'),
      request: { bytes },
      limits: LIMITS,
    });
    try {
      return await parsing.header;
    } catch (error) {
      if (error instanceof UnreadableFile) {
        throw new Problem('unprocessable', 'file-unreadable', `${error.reason} ${error.cure}`);
      }
      this.log.error({ err: error }, 'The file of a plan could not be read for a reason that nobody foresaw');
      throw new Problem(
        'unprocessable',
        'file-unreadable',
        'The file could not be read because of a fault on our side. Save it anew in its program and try again.',
      );
    } finally {
      await parsing.stop();
    }
  }
}
