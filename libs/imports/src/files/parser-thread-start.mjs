// Where a parser's thread begins. It stays a module, for compiled to CommonJS its import() would be a require().
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import thread from './parser-thread.js';

await thread.run(parentPort, workerData, (path) => import(pathToFileURL(path)));
