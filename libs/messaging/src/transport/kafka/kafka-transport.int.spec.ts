import { kafkaMissing } from '@followthrough/stack';
import { describeUnless } from '@followthrough/testing';
import { kafkaWorld } from '../../testing/kafka-world';
import { transportContract } from '../../testing/transport-contract';

describeUnless(kafkaMissing())('Kafka', () => {
  transportContract('kafka', async () => {
    const world = await kafkaWorld();
    return { connect: async () => world.connect(), close: () => world.close() };
  });
});
