import { Module, type DynamicModule } from '@nestjs/common';
import { EventsAtWork } from './events-at-work';
import { EventsController } from './events.controller';
import { ParkedController } from './parked.controller';

/** What an operator sees and does of a service's events; every service has these routes. */
@Module({})
export class OperationsModule {
  static of(events: EventsAtWork): DynamicModule {
    return {
      module: OperationsModule,
      controllers: [EventsController, ParkedController],
      providers: [{ provide: EventsAtWork, useValue: events }],
    };
  }
}
