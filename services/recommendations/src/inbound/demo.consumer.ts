import { handler, type Handler } from '@followthrough/messaging';
import type { LoadDemo } from '../usecases/load-demo';

/** The demonstration data comes and goes as the portal says. */
export function demoData(demo: LoadDemo): Handler[] {
  return [
    handler({
      events: ['portal.v1.DemoDataRequested'],
      snapshots: false,
      handle: (tx) => demo.load(tx),
    }),
    handler({
      events: ['portal.v1.DemoDataRemoved'],
      snapshots: false,
      handle: (tx) => demo.remove(tx),
    }),
  ];
}
