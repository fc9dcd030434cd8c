/**
 * Reading donor files (IATI, exports of Aid Management Platforms): pure functions, no database, no clock.
 *
 *     if (await isDonorFile({ path })) {
 *       const parsing = parseInWorker<DonorHeader, DonorRow, DonorFooter>({
 *         module: donorWorkerModule, request: { source: { path }, template } });
 *       const { format } = await parsing.header;
 *       const tally = new DonorTally();
 *       for await (const batch of parsing.batches) for (const row of batch) tally.take(row);
 *       tally.counts; tally.sums;
 *     }
 *
 * They are read in a thread only, because libxml2 can be loaded nowhere else. A file that cannot be read at all throws
 * `UnreadableFile`; what is wrong with a part of it is a `Finding`, and the other parts are read.
 */
export { asAmpTemplate } from './amp/templates';
export { isDonorFile } from './recognise';
export { DonorTally, type DonorCounts, type DonorSums } from './tally';
export { transactionTypeName } from './transaction-types';
export { donorWorkerModule } from './worker-module';
export type {
  ActivityRow,
  AmpMapping,
  AmpTemplate,
  DonorFooter,
  DonorFormat,
  DonorHeader,
  DonorRequest,
  DonorRow,
  Finding,
  FindingRow,
  OrganisationRow,
  Transaction,
} from './types';
