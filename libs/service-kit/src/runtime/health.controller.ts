import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Public } from '../access/decorators';

/** Injection token: reasons why the service cannot work now. */
export const READINESS = Symbol('readiness');

@Controller()
export class HealthController {
  constructor(@Inject(READINESS) private readonly readiness: () => Promise<string[]>) {}

  /** The process is alive. */
  @Get('health')
  @Public()
  health() {
    return { status: 'alive' };
  }

  /** The service can do its work: 200, or 503 with the reasons. */
  @Get('ready')
  @Public()
  async ready(@Res() response: Response) {
    const reasons = await this.readiness();
    response.status(reasons.length === 0 ? 200 : 503).json({ ready: reasons.length === 0, reasons });
  }
}
