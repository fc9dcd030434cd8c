import type { Pool } from 'pg';
import type { TransportTopic } from '../transport';

export interface LogTopic {
  id: number;
  name: string;
  partitions: number;
}

/** The topics of the log, made once and then known by heart. */
export class LogTopics {
  private readonly byName = new Map<string, LogTopic>();
  private readonly byId = new Map<number, LogTopic>();

  constructor(private readonly pool: Pool) {}

  async ensure(topics: readonly TransportTopic[]): Promise<void> {
    const names = topics.map(({ name }) => name);
    await this.pool.query(
      `insert into log_topic (name, partitions) select * from unnest($1::text[], $2::int[])
       on conflict (name) do nothing`,
      [names, topics.map(({ partitions }) => partitions)],
    );
    const { rows } = await this.pool.query<LogTopic>(
      `select id, name, partitions from log_topic where name = any($1)`,
      [names],
    );
    await this.pool.query(
      `insert into log_partition (topic_id, partition)
       select id, partition from log_topic, generate_series(0, partitions - 1) as partition
       where id = any($1) on conflict do nothing`,
      [rows.map(({ id }) => id)],
    );
    for (const wanted of topics) {
      const topic = rows.find(({ name }) => name === wanted.name)!;
      if (topic.partitions !== wanted.partitions) {
        throw new Error(
          `Topic ${wanted.name} has ${topic.partitions} partitions in the event log and ${wanted.partitions} in the catalogue: ` +
            `set the catalogue back to ${topic.partitions}, because with another number the order of what is already there is lost.`,
        );
      }
      this.byName.set(topic.name, topic);
      this.byId.set(topic.id, topic);
    }
  }

  get(name: string): LogTopic {
    const topic = this.byName.get(name);
    if (!topic)
      throw new Error(`No topic ${name} was made: add it to what is given to ensureTopics at start.`);
    return topic;
  }

  nameOf(id: number): string {
    return this.byId.get(id)!.name;
  }

  all(): IterableIterator<LogTopic> {
    return this.byName.values();
  }
}
