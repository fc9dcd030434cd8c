import { Writable } from 'node:stream';
import { main } from '../main';
import { Output } from '../output';

export interface Ran {
  status: number;
  out: string;
  err: string;
}

/** Runs a command line in this process, as if from `folder` against the instance at `url`. */
export async function run(
  args: string[],
  { folder = process.cwd(), url = 'http://127.0.0.1:9', token = '' } = {},
): Promise<Ran> {
  const [out, err] = [collected(), collected()];
  const status = await main(args, { url, token, folder }, new Output(out.stream, err.stream));
  return { status, out: out.text(), err: err.text() };
}

function collected(): { stream: Writable; text(): string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}
