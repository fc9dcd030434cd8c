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
