import { Problem } from '@followthrough/service-kit';
import type { Request } from 'express';

/**
 * The body of a request, whole.
 * @throws Problem `unsupported` where it was not sent as bytes, `too-large` beyond the limit
 */
export async function bytesOf(request: Request, limitBytes: number): Promise<Buffer> {
  try {
    if (!request.is('application/octet-stream'))
      throw new Problem(
        'unsupported',
        'file-not-bytes',
        'Send the bytes of the file as application/octet-stream.',
      );
    if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLarge(limitBytes);
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > limitBytes) throw tooLarge(limitBytes);
      chunks.push(chunk);
    }
    if (bytes === 0) throw new Problem('invalid', 'file-empty', 'The file is empty.');
    return Buffer.concat(chunks);
  } finally {
    // What is still under way is dropped unread: a caller who is still sending could not hear the answer.
    request.resume();
  }
}

const tooLarge = (limitBytes: number): Problem =>
  new Problem(
    'too-large',
    'file-too-large',
    `The file is larger than ${Math.floor(limitBytes / 1024 / 1024)} MB.`,
    { limitBytes },
  );
