import { Caller, Public, type CallerIdentity } from '@followthrough/service-kit';
import { Controller, Delete, Header, HttpCode, Post } from '@nestjs/common';
import { LoadDemo } from '../usecases/load-demo';
import { RemoveDemo } from '../usecases/remove-demo';

/**
 * Demonstration data. Public because anybody on the machine of an empty installation may look around; the use
 * cases refuse everybody else who lacks the permission `operations`.
 */
@Controller('demo')
export class DemoController {
  constructor(
    private readonly loading: LoadDemo,
    private readonly removal: RemoveDemo,
  ) {}

  /** Loads it, and tells the demo accounts and the password that they share. */
  @Post()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Public()
  load(@Caller() caller: CallerIdentity | null) {
    return this.loading.load(caller);
  }

  @Delete()
  @HttpCode(200)
  @Public()
  async remove(@Caller() caller: CallerIdentity | null) {
    return { removed: await this.removal.remove(caller) };
  }
}
