export interface BrokerPorts {
  client: number;
  controller: number;
}

/** A SASL listener: every client must sign in, and brokers among themselves do not. */
export interface BrokerSasl {
  mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
  /** Password by user name. */
  users: Record<string, string>;
  /** Users who may do everything; where there is one, the others may do what an ACL allows. */
  superUsers?: string[];
}

export interface BrokerSettings {
  id: number;
  ports: readonly BrokerPorts[];
  dataFolder: string;
  sasl: BrokerSasl | null;
  /** Of Kafka's own names, over ours. */
  more: Record<string, string | number>;
}

/**
 * `server.properties` of a combined broker and controller, for development and tests: small, quick to form groups,
 * replicated over as many brokers as there are, up to three.
 */
export function brokerProperties(settings: BrokerSettings): string {
  const { id, ports, dataFolder, sasl, more } = settings;
  const own = ports[id - 1]!;
  const replicas = Math.min(3, ports.length);
  const properties: Record<string, string | number> = {
    'process.roles': 'broker,controller',
    'node.id': id,
    'controller.quorum.voters': ports
      .map(({ controller }, nth) => `${nth + 1}@127.0.0.1:${controller}`)
      .join(','),
    listeners: `CLIENT://127.0.0.1:${own.client},CONTROLLER://127.0.0.1:${own.controller}`,
    'advertised.listeners': `CLIENT://127.0.0.1:${own.client}`,
    'listener.security.protocol.map': `CLIENT:${sasl ? 'SASL_PLAINTEXT' : 'PLAINTEXT'},CONTROLLER:PLAINTEXT`,
    'inter.broker.listener.name': 'CLIENT',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': dataFolder,
    'auto.create.topics.enable': 'false',
    'default.replication.factor': replicas,
    'min.insync.replicas': Math.max(1, replicas - 1),
    'offsets.topic.replication.factor': replicas,
    'offsets.topic.num.partitions': 3,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': replicas,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1000,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'log.cleaner.enable': 'false',
    ...(sasl ? saslProperties(sasl) : {}),
    ...more,
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

const OF_THE_BROKER = 'broker';

function saslProperties({ mechanism, users, superUsers }: BrokerSasl): Record<string, string> {
  const plain = mechanism === 'PLAIN';
  const loginModule = plain ? 'plain.PlainLoginModule' : 'scram.ScramLoginModule';
  const everyone = { ...users, [OF_THE_BROKER]: 'of the broker itself' };
  const known = plain ? Object.entries(everyone).map(([user, password]) => `user_${user}="${password}"`) : [];
  const login = `username="${OF_THE_BROKER}" password="${everyone[OF_THE_BROKER]}"`;
  return {
    'sasl.enabled.mechanisms': mechanism,
    'sasl.mechanism.inter.broker.protocol': mechanism,
    [`listener.name.client.${mechanism.toLowerCase()}.sasl.jaas.config`]: `org.apache.kafka.common.security.${loginModule} required ${[login, ...known].join(' ')};`,
    ...(superUsers
      ? {
          'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
          'super.users': ['ANONYMOUS', OF_THE_BROKER, ...superUsers].map((user) => `User:${user}`).join(';'),
        }
      : {}),
  };
}

/** Arguments of `StorageTool format` that make the users of a SCRAM listener; to be kept out of every log. */
export function scramArguments(sasl: BrokerSasl | null): string[] {
  if (!sasl || sasl.mechanism === 'PLAIN') return [];
  return Object.entries({ ...sasl.users, [OF_THE_BROKER]: 'of the broker itself' }).flatMap(
    ([user, password]) => ['--add-scram', `${sasl.mechanism}=[name=${user},password=${password}]`],
  );
}
