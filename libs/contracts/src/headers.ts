/**
 * Names of the headers that go with every event: CloudEvents 1.0 in binary content mode for Kafka, W3C trace
 * context, and extensions of ours (CloudEvents allows lower-case letters and digits only).
 */
export const eventHeader = {
  /** Unique id of the event, UUIDv7: what the inbox tells doubles by. */
  id: 'ce_id',
  /** Event type, the full name of its message: `recommendations.v1.RecommendationRecorded`. */
  type: 'ce_type',
  /** Publishing service as a path: `/recommendations`. */
  source: 'ce_source',
  /** Always `1.0`. */
  specVersion: 'ce_specversion',
  /** When the fact came to be, RFC 3339 in UTC. */
  time: 'ce_time',
  /** Id of the aggregate, the same as the key. */
  subject: 'ce_subject',
  /** Version of the aggregate after the event, from 1. */
  version: 'ce_aggregateversion',
  /** Generation of the publisher's database, raised by a restore. Order is (generation, version). */
  generation: 'ce_generation',
  /** State under review as ISO 3166-1 alpha-3, absent where the fact belongs to none. */
  stateUnderReview: 'ce_stateunderreview',
  /** `public` or `internal`. */
  visibility: 'ce_visibility',
  /** What one request or job set in motion, across services. */
  correlation: 'ce_correlationid',
  /** Id of the event or request that led directly to this one. */
  causation: 'ce_causationid',
  /** `true` where the event only tells the present state again, for copies that are built anew. */
  snapshot: 'ce_snapshot',
  /** Id of the snapshot that the event is a part of. */
  snapshotId: 'ce_snapshotid',
  /** Service that the snapshot is for, absent where it is for all; others pass the event over. */
  snapshotFor: 'ce_snapshotfor',
  traceParent: 'traceparent',
  contentType: 'content-type',
} as const;

/** Media type of the payload: canonical proto3 JSON of the event's message. */
export const eventContentType = 'application/json';

/** Who may see what the event says. Restricted content is in no event. */
export const visibilities = ['public', 'internal'] as const;
export type Visibility = (typeof visibilities)[number];
