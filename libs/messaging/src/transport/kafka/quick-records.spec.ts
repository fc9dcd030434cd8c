import type { KafkaRecord } from 'kafkajs/src/protocol/recordBatch/record/v0';
import { encodeRecord } from './quick-records';

const PATH = 'kafkajs/src/protocol/recordBatch/record/v0';
type Encode = typeof encodeRecord;

let byKafkajs: Encode;
jest.isolateModules(() => {
  byKafkajs = jest.requireActual<Encode>(PATH);
});

const value = '{"text":"Continuer ses efforts, Côte d’Ivoire 🕊"}';
const records: Record<string, KafkaRecord> = {
  'with the headers of an event': {
    key: '0190d2c4-0000-7000-8000-000000000001',
    value,
    offsetDelta: 999,
    headers: { ce_specversion: '1.0', ce_type: 'recommendations.v1.RecommendationRecorded', ce_subject: 'é' },
  },
  'without headers': { key: 'k', value: '' },
  'whose value is long': { key: 'k', value: 'x'.repeat(70_000), offsetDelta: 64, headers: { a: '' } },
  'of bytes, with a header twice': {
    key: Buffer.from([0, 255]),
    value: Buffer.from(value),
    headers: { a: [Buffer.from([1, 2]), 'b'], c: 'd' },
  },
  'without a value': { key: 'k', value: null, headers: { a: 'b' } },
  'with a time of its own': { key: 'k', value, timestampDelta: 1234, headers: { a: 'b' } },
};

describe('a record that is measured and written once', () => {
  it.each(Object.keys(records))('%s has the bytes that kafkajs would have written', (name) => {
    const record = records[name]!;
    expect(encodeRecord(record).buffer).toEqual(byKafkajs(record).buffer);
  });

  it('is what kafkajs asks for', () => {
    expect(byKafkajs).not.toBe(encodeRecord);
    expect(jest.requireActual(PATH)).toBe(encodeRecord);
  });
});
