import { Public } from '@followthrough/service-kit';
import { Controller, Get, Header } from '@nestjs/common';
import { StatesReader } from '../outbound/view/states.reader';

@Controller('states')
export class StatesController {
  constructor(private readonly states: StatesReader) {}

  /** States under review that there is something of, with counts and cycles. */
  @Get()
  @Header('cache-control', 'no-cache')
  @Public()
  async list() {
    return { states: await this.states.underReview() };
  }
}
