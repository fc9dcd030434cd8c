import { Database } from '@followthrough/database';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from '../access/guard';
import { TokenVerifier } from '../access/token';
import { Clock } from '../clock';
import { ProblemFilter } from '../http/problem.filter';
import { LOGGER } from '../log';
import { AuditController } from './audit.controller';
import { CONFIG, METRICS, type ServiceRuntime } from './definition';
import { HealthController, READINESS } from './health.controller';

/** What every service is born with, from the host's runtime. */
@Global()
@Module({})
export class KitModule {
  static of(runtime: ServiceRuntime): DynamicModule {
    const shared = [
      { provide: Database, useValue: runtime.database },
      { provide: LOGGER, useValue: runtime.log },
      { provide: CONFIG, useValue: runtime.config },
      { provide: METRICS, useValue: runtime.metrics },
      { provide: Clock, useValue: runtime.clock },
      { provide: TokenVerifier, useValue: runtime.tokens },
      { provide: READINESS, useValue: runtime.readiness },
      ...runtime.providers,
    ];
    return {
      module: KitModule,
      imports: [DiscoveryModule],
      controllers: [HealthController, AuditController],
      providers: [
        ...shared,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useValue: new ProblemFilter(runtime.log) },
      ],
      exports: shared,
    };
  }
}
