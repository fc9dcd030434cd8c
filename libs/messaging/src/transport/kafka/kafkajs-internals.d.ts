/** What `quiet-request-queue.ts` corrects inside kafkajs 2.2.4. */
declare module 'kafkajs/src/network/requestQueue' {
  namespace RequestQueue {
    interface Options {
      requestTimeout: number;
      enforceRequestTimeout: boolean;
      clientId: string;
      broker: string;
      logger: { debug(line: string): void; warn(line: string): void };
      isConnected(): boolean;
    }
    interface Request {
      entry: {
        apiKey: number;
        apiName: string;
        apiVersion: number;
        correlationId: number;
        resolve(answer: unknown): void;
        reject(error: Error): void;
      };
      expectResponse: boolean;
      requestTimeout?: number;
      sendRequest(): void;
    }
  }
  class RequestQueue {
    constructor(options: RequestQueue.Options);
    push(request: RequestQueue.Request): void;
    pending: unknown[];
    inflight: Map<number, { sentAt: number; requestTimeout: number; timeoutRequest(): void }>;
    /** In milliseconds, of requests that have none of their own. */
    requestTimeout: number;
    enforceRequestTimeout: boolean;
    requestTimeoutIntervalId: NodeJS.Timeout;
    isConnected: () => boolean;
    /** Milliseconds since the epoch. */
    throttledUntil: number;
    scheduleCheckPendingRequests: (this: RequestQueue) => void;
    scheduleRequestTimeoutCheck: (this: RequestQueue) => void;
    destroy: (this: RequestQueue) => void;
  }
  export = RequestQueue;
}

/** What `quick-records.ts` does in its place. */
declare module 'kafkajs/src/protocol/recordBatch/record/v0' {
  namespace encode {
    interface KafkaRecord {
      offsetDelta?: number;
      timestampDelta?: number;
      key?: string | Buffer | null;
      value: string | Buffer | null;
      headers?: Record<string, string | Buffer | (string | Buffer)[]>;
    }
  }
  function encode(record: encode.KafkaRecord): { buf: Buffer; buffer: Buffer };
  export = encode;
}
