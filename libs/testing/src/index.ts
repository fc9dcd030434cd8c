export { testDatabase, testServerUrl, type TestDatabaseOptions } from './test-database';
export { waitFor, type WaitOptions } from './wait-for';
export { fixedClock, type FixedClock } from './fixed-clock';
export { OtlpReceiver, type ReceivedSpan } from './otlp-receiver';
export { sharedData } from './shared-data';
export { cuttableProxy, type CuttableProxy } from './cuttable-proxy';
export { describeUnless } from './describe-unless';
export { spanLog, type LoggedSpan } from './span-log';
