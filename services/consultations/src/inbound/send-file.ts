import type { Response } from 'express';

/** Sends a file to be kept, never shown: whatever is in it, no page of ours runs it. */
export function sendFile(
  response: Response,
  file: { name: string; mediaType: string; content: Buffer },
): void {
  response
    .set({
      'content-type': file.mediaType,
      'content-disposition': `attachment; filename="file"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
    .send(file.content);
}
