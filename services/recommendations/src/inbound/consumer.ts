import { consumer, type Consumer } from '@followthrough/messaging';
import type { INestApplicationContext } from '@nestjs/common';
import { LoadDemo } from '../usecases/load-demo';
import { demoData } from './demo.consumer';
import { organisations } from './organisations.consumer';

/** Everything that reaches the service as an event. */
export function recommendationsConsumer(app: INestApplicationContext): Consumer {
  return consumer('recommendations', [...demoData(app.get(LoadDemo)), organisations()]);
}
