import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that can be cut, as a cable can. */
export interface CuttableProxy {
  /** The given address with the proxy in its way. */
  url: string;
  /** Connections break, and no new one comes about. */
  cut(): void;
  /** Connections stay, new ones too, and nothing passes: nobody is told. */
  hold(): void;
  /** As if nothing had been; what was held passes. */
  mend(): void;
  close(): Promise<void>;
}

/** @param target of PostgreSQL, where it names no port */
export async function cuttableProxy(target: string): Promise<CuttableProxy> {
  const url = new URL(target);
  const open = new Set<Socket>();
  let state: 'whole' | 'cut' | 'held' = 'whole';
  const server = createServer((inner) => {
    if (state === 'cut') return void inner.destroy();
    const outer = createConnection({ host: url.hostname, port: Number(url.port || 5432) });
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
      if (state === 'held') one.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const through = new URL(target);
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as AddressInfo).port);
  const cut = (): void => {
    state = 'cut';
    for (const socket of open) socket.destroy();
  };
  return {
    url: through.href,
    cut,
    hold: () => {
      state = 'held';
      for (const socket of open) socket.pause();
    },
    mend: () => {
      state = 'whole';
      for (const socket of open) socket.resume();
    },
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
