import { main } from './main';

/** The command line of this process; `bin/ft` of a bundle and the image run it. */
main(process.argv.slice(2)).then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    process.stderr.write(`The command could not start: ${String((error as Error).message).split('\n')[0]}\n`);
    process.exitCode = 1;
  },
);
