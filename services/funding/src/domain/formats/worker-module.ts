import { builtModule } from '@followthrough/imports/files';

/** What `parseInWorker` loads to read donor files. */
export const donorWorkerModule = builtModule(__dirname, 'worker.js');
