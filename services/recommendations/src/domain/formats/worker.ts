/** Opens files of recommendations in a worker thread; loaded there by name, see `formatsWorkerModule`. */
import type { ParserModule } from '@followthrough/imports/files';
import { openRecommendationFile } from './open';
import type { FileFooter, FileHeader, OpenRequest, RejectedRow, SourceRow } from './types';

export const open: ParserModule<
  OpenRequest,
  FileHeader,
  SourceRow | RejectedRow,
  FileFooter
>['open'] = async (request) => {
  const { rows, warnings, encoding, ...header } = await openRecommendationFile(request);
  return { header, rows, footer: () => ({ document: header.document, warnings, encoding }) };
};
