import { csrf, Trouble, troubleFrom } from './client';

/**
 * Streams a file to `path` and reports the share sent (0 to 1); `fetch` cannot say how far an upload has come.
 */
export function upload<T>(
  path: string,
  file: Blob,
  onProgress: (share: number) => void,
  { type = 'application/octet-stream', method = 'POST' }: { type?: string; method?: 'POST' | 'PUT' } = {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, `/api/${path}`);
    request.setRequestHeader('content-type', type);
    request.setRequestHeader('x-csrf-token', csrf());
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => reject(new Trouble(0, '', '', '', 'offline'));
    request.onload = () => {
      const { status, responseText } = request;
      if (status < 300) resolve(JSON.parse(responseText) as T);
      else reject(troubleFrom(status, responseText, request.getResponseHeader('x-correlation-id')));
    };
    request.send(file);
  });
}
