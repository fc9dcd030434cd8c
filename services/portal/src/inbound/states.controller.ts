import { NONE } from '@followthrough/contracts';
import { Public } from '@followthrough/service-kit';
import { Controller, Get, Header } from '@nestjs/common';
import { RecommendationIndex } from '../outbound/view/recommendation-index';

@Controller('states')
export class StatesController {
  constructor(private readonly index: RecommendationIndex) {}

  /** States under review that there is something of, in order of code, with counts and cycles. */
  @Get()
  @Header('cache-control', 'no-cache')
  @Public()
  async list() {
    const counts = (await this.index.current()).together('stateUnderReview', 'cycle');
    const states = [...counts]
      .filter(([state]) => state !== NONE)
      .map(([state, cycles]) => ({
        state,
        count: [...cycles.values()].reduce((sum, count) => sum + count, 0),
        cycles: [...cycles.keys()]
          .map(Number)
          .filter((cycle) => cycle > 0)
          .sort((a, b) => a - b),
      }));
    return { states: states.sort((a, b) => (a.state < b.state ? -1 : 1)) };
  }
}
