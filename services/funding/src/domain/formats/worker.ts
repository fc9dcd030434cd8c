/** Opens donor files in a worker thread; loaded there by name, see `donorWorkerModule`. */
import { builtModule, type ParserModule } from '@followthrough/imports/files';
import { schemaFolder } from './iati/versions';
import { openDonorFile } from './open';
import type { DonorFooter, DonorHeader, DonorRequest, DonorRow, SchemaJudge } from './types';

export const open: ParserModule<DonorRequest, DonorHeader, DonorRow, DonorFooter>['open'] = async (
  request,
  importModule,
) => {
  const { schemaJudge } = (await importModule(builtModule(__dirname, 'iati/schema-judge.mjs'))) as {
    schemaJudge: (folder: string) => SchemaJudge;
  };
  return openDonorFile(request, schemaJudge(schemaFolder));
};
