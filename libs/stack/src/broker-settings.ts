export interface BrokerPorts {
  client: number;
  controller: number;
  /** Among brokers, and for us: without encryption or sign-in. */
  internal: number;
}

/** What clients must do to be let in. */
export interface BrokerSecurity {
  mechanisms: ('PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512')[];
  /** Password by user name. */
  users: Record<string, string>;
  /** Users who may do everything; where it is given, the others may do what an ACL allows. */
  superUsers?: string[];
  /** Private key (PKCS 8) and certificate in PEM; without, nothing is encrypted. */
  tls?: { key: string; certificate: string };
}

export interface BrokerSettings {
  id: number;
  ports: readonly BrokerPorts[];
  dataFolder: string;
  /** `host:port` that clients are told to come to. */
  front: string;
  security: BrokerSecurity | null;
  /** Of Kafka's own names, over ours. */
  more: Record<string, string | number>;
}

/**
 * `server.properties` of a combined broker and controller, for development and tests: small, quick to form groups,
 * replicated over as many brokers as there are, up to three.
 */
export function brokerProperties(settings: BrokerSettings): string {
  const { id, ports, dataFolder, front, security, more } = settings;
  const own = ports[id - 1]!;
  const replicas = Math.min(3, ports.length);
  const protocol = security ? (security.tls ? 'SASL_SSL' : 'SASL_PLAINTEXT') : 'PLAINTEXT';
  const internal = `INTERNAL://127.0.0.1:${own.internal}`;
  const properties: Record<string, string | number> = {
    'process.roles': 'broker,controller',
    'node.id': id,
    'controller.quorum.voters': ports
      .map(({ controller }, nth) => `${nth + 1}@127.0.0.1:${controller}`)
      .join(','),
    listeners: `CLIENT://127.0.0.1:${own.client},${internal},CONTROLLER://127.0.0.1:${own.controller}`,
    'advertised.listeners': `CLIENT://${front},${internal}`,
    'listener.security.protocol.map': `CLIENT:${protocol},INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT`,
    'inter.broker.listener.name': 'INTERNAL',
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
    ...(security ? securityProperties(security) : {}),
    ...more,
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${String(value).replaceAll('\n', '\\n')}\n`)
    .join('');
}

function securityProperties(security: BrokerSecurity): Record<string, string> {
  const { mechanisms, users, superUsers, tls } = security;
  const client = 'listener.name.client';
  const known = Object.entries(users).map(([user, password]) => ` user_${user}="${password}"`);
  const logins = mechanisms.map((mechanism) => [
    `${client}.${mechanism.toLowerCase()}.sasl.jaas.config`,
    mechanism === 'PLAIN'
      ? `org.apache.kafka.common.security.plain.PlainLoginModule required${known.join('')};`
      : 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
  ]);
  return {
    [`${client}.sasl.enabled.mechanisms`]: mechanisms.join(','),
    ...Object.fromEntries(logins),
    ...(superUsers
      ? {
          'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
          'super.users': ['ANONYMOUS', ...superUsers].map((user) => `User:${user}`).join(';'),
        }
      : {}),
    ...(tls
      ? {
          [`${client}.ssl.keystore.type`]: 'PEM',
          [`${client}.ssl.keystore.key`]: tls.key.trim(),
          [`${client}.ssl.keystore.certificate.chain`]: tls.certificate.trim(),
        }
      : {}),
  };
}

/** Arguments of `StorageTool format` that make the users of SCRAM; to be kept out of every log. */
export function scramArguments(security: BrokerSecurity | null): string[] {
  const scram = security?.mechanisms.filter((mechanism) => mechanism !== 'PLAIN') ?? [];
  return scram.flatMap((mechanism) =>
    Object.entries(security!.users).flatMap(([user, password]) => [
      '--add-scram',
      `${mechanism}=[name=${user},password=${password}]`,
    ]),
  );
}
