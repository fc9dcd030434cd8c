import { builtModule } from '@followthrough/imports/files';

/** What `parseInWorker` loads to read recommendations. */
export const formatsWorkerModule = builtModule(__dirname, 'worker.js');
