/** What `quiet-request-queue.ts` corrects inside kafkajs 2.2.4. */
declare module 'kafkajs/src/network/requestQueue' {
  class RequestQueue {
    pending: unknown[];
    /** Milliseconds since the epoch. */
    throttledUntil: number;
    scheduleCheckPendingRequests: (this: RequestQueue) => void;
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
