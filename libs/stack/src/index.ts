export { startKafka, type KafkaCluster, type KafkaOptions } from './kafka';
export { kafkaMissing } from './kafka-jars';
export { startPostgres, type PostgresChild } from './postgres';
export { redisMissing, startRedis, type RedisServer } from './redis';
export { startStack, type Stack, type StackEnvironment, type StackOptions } from './stack';
export { freePorts } from './child-server';
