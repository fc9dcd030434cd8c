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
