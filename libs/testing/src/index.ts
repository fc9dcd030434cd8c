export { testDatabase, testServerUrl, type TestDatabaseOptions } from './test-database';
export { waitFor, type WaitOptions } from './wait-for';
export { fixedClock, type FixedClock } from './fixed-clock';
export { sharedData } from './shared-data';
export { cuttableProxy, type CuttableProxy } from './cuttable-proxy';
export { describeUnless } from './describe-unless';
