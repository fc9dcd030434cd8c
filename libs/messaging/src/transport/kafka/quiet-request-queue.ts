import RequestQueue from 'kafkajs/src/network/requestQueue';

const { scheduleCheckPendingRequests } = RequestQueue.prototype;

/**
 * kafkajs 2.2.4 looks for pending requests a millisecond after it has last looked, for ever and on every connection
 * (its delay is negative where nothing is throttled): some thousand turns of the event loop a second, doing nothing.
 * It need look only where something is pending or throttled; a reply looks by itself.
 */
RequestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
  if (this.pending.length > 0 || this.throttledUntil > Date.now()) scheduleCheckPendingRequests.call(this);
};

const LOOK_FOR_LATE_EVERY_MS = 1000;

/**
 * It also looks ten times a second, on every connection, whether a request is late. Ours have 15 s at least: once a
 * second is often enough.
 */
RequestQueue.prototype.scheduleRequestTimeoutCheck = function (this: RequestQueue): void {
  if (!this.enforceRequestTimeout) return;
  this.destroy();
  this.requestTimeoutIntervalId = setInterval(
    () => {
      const now = Date.now();
      for (const request of this.inflight.values())
        if (now - request.sentAt > request.requestTimeout) request.timeoutRequest();
      if (!this.isConnected()) this.destroy();
    },
    Math.min(this.requestTimeout, LOOK_FOR_LATE_EVERY_MS),
  );
};
