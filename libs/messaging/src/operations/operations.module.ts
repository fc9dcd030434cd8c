import { Module, type DynamicModule } from '@nestjs/common';
import { EventsAtWork } from './events-at-work';
import { EventOperationsController } from './event-operations.controller';
import { ParkedEventsController } from './parked-events.controller';
import { SnapshotsController } from './snapshots.controller';

/** What an operator sees and does of a service's events; every service has these routes. */
@Module({})
export class OperationsModule {
  static of(events: EventsAtWork): DynamicModule {
    return {
      module: OperationsModule,
      controllers: [EventOperationsController, ParkedEventsController, SnapshotsController],
      providers: [{ provide: EventsAtWork, useValue: events }],
    };
  }
}
