import './quiet-request-queue';
import RequestQueue from 'kafkajs/src/network/requestQueue';

const SECOND = 1000;

describe('the queue of requests on a connection to a broker', () => {
  let connected: boolean;
  let looks: number;
  let queue: RequestQueue;

  beforeEach(() => {
    jest.useFakeTimers();
    [connected, looks] = [true, 0];
    queue = new RequestQueue({
      requestTimeout: 15 * SECOND,
      enforceRequestTimeout: true,
      clientId: 'test',
      broker: 'broker:9092',
      logger: { debug: () => undefined, warn: () => undefined },
      isConnected: () => {
        looks += 1;
        return connected;
      },
    });
    queue.scheduleRequestTimeoutCheck();
  });

  afterEach(() => {
    queue.destroy();
    jest.useRealTimers();
  });

  /** A request that is never answered. @returns how it ended, once it has */
  function ask(correlationId: number, requestTimeout?: number): { error?: Error } {
    const asked: { error?: Error } = {};
    queue.push({
      entry: {
        apiKey: 1,
        apiName: 'Fetch',
        apiVersion: 11,
        correlationId,
        resolve: () => undefined,
        reject: (error) => (asked.error = error),
      },
      expectResponse: true,
      requestTimeout,
      sendRequest: () => undefined,
    });
    return asked;
  }

  it('does not wake the process more than about once a second while nothing is asked', () => {
    jest.advanceTimersByTime(60 * SECOND);
    expect(looks).toBeLessThanOrEqual(60);
    expect(looks).toBeGreaterThan(0);
  });

  it('gives up on each request that is not answered, within a second of its time', () => {
    const [short, long] = [ask(1), ask(2, 30 * SECOND)];
    jest.advanceTimersByTime(14 * SECOND);
    expect(short.error).toBeUndefined();
    jest.advanceTimersByTime(2 * SECOND + 1);
    expect(short.error?.message).toContain('timed out');
    expect(long.error).toBeUndefined();
    jest.advanceTimersByTime(15 * SECOND);
    expect(long.error?.message).toContain('timed out');
  });

  it('no longer looks once the connection is gone', () => {
    connected = false;
    jest.advanceTimersByTime(60 * SECOND);
    expect(looks).toBe(1);
  });
});
