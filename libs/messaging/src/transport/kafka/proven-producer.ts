import type { Logger } from '@followthrough/service-kit';
import type { Kafka, Message, Producer, TopicMessages } from 'kafkajs';
import type { RecordPosition, TransportRecord } from '../transport';
import { RETRY } from './kafka-client';
import { within } from './within';

const ALL_REPLICAS = -1;
const ROUNDS = 5;
/** Longer than kafkajs tries by itself. */
const SEND_WITHIN_MS = 25_000;
const LEAVE_WITHIN_MS = 3000;

/** Records of one partition, oldest first. */
interface PartitionMessages {
  topic: string;
  partition: number;
  messages: Message[];
}

const partOf = (topic: string, partition: number): string => `${topic}/${partition}`;

/**
 * Sends, and believes only what has been proven for each partition.
 *
 * kafkajs 2.2.4 may report a send as done of which a part was never sent: after a leader moved it sends again only
 * to brokers that have not answered yet, so what moved to one that has is left out
 * (https://github.com/tulios/kafkajs/issues/1303). Its answer then lacks the partition, and that part is sent again.
 *
 * One send at a time, and a new producer after each that failed: kafkajs takes back the sequence numbers of what it
 * holds for failed although the broker may have it, and would give them to other records, which the broker would
 * then take for a repetition and acknowledge unwritten.
 */
export class ProvenProducer {
  private producer: Promise<Producer> | null = null;
  private turn: Promise<unknown> = Promise.resolve();
  private closed = false;

  constructor(
    private readonly kafka: Kafka,
    private readonly log: Logger,
  ) {}

  /** @see Transport.send */
  send(records: readonly TransportRecord[]): Promise<RecordPosition[]> {
    const sending = this.turn.then(() => this.sendNow(records));
    this.turn = sending.catch(() => undefined);
    return sending;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.turn;
    await this.discard();
  }

  private async sendNow(records: readonly TransportRecord[]): Promise<RecordPosition[]> {
    const unproven = byPartition(records);
    const firstOffsets = new Map<string, number>();
    try {
      for (let round = 1; unproven.size > 0; round += 1) {
        if (round > ROUNDS) throw new Error(`Kafka does not prove that it has ${namesOf(unproven)}`);
        const topicMessages = messagesOf(unproven);
        const proofs = await within(
          SEND_WITHIN_MS,
          this.connected().then((producer) => producer.sendBatch({ acks: ALL_REPLICAS, topicMessages })),
          `Kafka has not answered a send for ${SEND_WITHIN_MS / 1000} s`,
        );
        for (const { topicName, partition, errorCode, baseOffset } of proofs) {
          const part = partOf(topicName, partition);
          if (errorCode !== 0 || baseOffset === undefined || Number(baseOffset) < 0) continue;
          if (unproven.delete(part)) firstOffsets.set(part, Number(baseOffset));
        }
        if (unproven.size > 0) this.log.info(`not proven, sent again: ${namesOf(unproven)}`);
      }
    } catch (error) {
      await this.discard();
      throw error;
    }
    return records.map(({ topic, partition }) => {
      const part = partOf(topic, partition);
      const offset = firstOffsets.get(part)!;
      firstOffsets.set(part, offset + 1);
      return { topic, partition, offset };
    });
  }

  private async connected(): Promise<Producer> {
    if (this.closed) throw new Error('The connection to Kafka has been closed');
    return (this.producer ??= this.connect());
  }

  private async connect(): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent: true,
      retry: RETRY,
      allowAutoTopicCreation: false,
    });
    await producer.connect();
    return producer;
  }

  private async discard(): Promise<void> {
    const { producer } = this;
    this.producer = null;
    if (!producer) return;
    const gone = producer.then((old) => old.disconnect());
    await within(LEAVE_WITHIN_MS, gone, 'Kafka does not answer').catch(() => undefined);
  }
}

function byPartition(records: readonly TransportRecord[]): Map<string, PartitionMessages> {
  const parts = new Map<string, PartitionMessages>();
  for (const { topic, partition, key, value, headers } of records) {
    const part = partOf(topic, partition);
    let held = parts.get(part);
    if (!held) parts.set(part, (held = { topic, partition, messages: [] }));
    held.messages.push({ key, value, headers, partition });
  }
  return parts;
}

function messagesOf(parts: ReadonlyMap<string, PartitionMessages>): TopicMessages[] {
  const byTopic = new Map<string, Message[]>();
  for (const { topic, messages } of parts.values()) {
    const held = byTopic.get(topic);
    if (held) for (const message of messages) held.push(message);
    else byTopic.set(topic, [...messages]);
  }
  return [...byTopic].map(([topic, messages]) => ({ topic, messages }));
}

const namesOf = (parts: ReadonlyMap<string, PartitionMessages>): string => [...parts.keys()].join(', ');
