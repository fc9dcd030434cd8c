import { createLogger } from '@followthrough/service-kit';
import type { Request, Response } from 'express';
import { forwarder, type ForwarderParts } from './forwarder';

const parts = {
  session: {
    cookie: () => 'cookie',
    isForeign: () => true,
    isOurs: () => false,
    member: () => Promise.resolve(null),
  },
  addresses: { loopback: false },
  tokens: {},
  log: createLogger('silent'),
} as unknown as ForwarderParts;

function forwarded(
  originalUrl: string,
  cookie = 'session=x',
  from: ForwarderParts = parts,
): Promise<Request | number> {
  const request = {
    originalUrl,
    url: originalUrl.slice('/api'.length),
    headers: { cookie, authorization: undefined },
  } as unknown as Request;
  return new Promise((resolve) => {
    const response = {
      status: (status: number) => {
        resolve(status);
        return { type: () => ({ send: () => undefined, json: () => undefined }), json: () => undefined };
      },
      setHeader: () => undefined,
    } as unknown as Response;
    void forwarder(from)(request, response, () => resolve(request));
  });
}

describe('the forwarder', () => {
  it('lets a link that stops mails pass from anywhere, without the cookie', async () => {
    const passed = await forwarded('/api/notifications/v1/unsubscribe/abc');
    expect(passed).toMatchObject({ headers: {} });
    expect((passed as Request).headers.cookie).toBeUndefined();
  });

  it('refuses other writes from elsewhere', async () => {
    expect(await forwarded('/api/notifications/v1/subscriptions')).toBe(403);
    expect(await forwarded('/api/notifications/v1/subscriptions?x=/api/notifications/v1/unsubscribe/')).toBe(
      403,
    );
  });

  it('lets the cookie of a link through to the pages that it opens, and nobody’s session with it', async () => {
    const here = {
      ...parts,
      session: { ...parts.session, isForeign: () => false },
    } as unknown as ForwarderParts;
    const cookies = 'session=x; followthrough-asked=secret; other=y';
    const passed = await forwarded('/api/consultations/v1/asked/tasks', cookies, here);
    expect(passed).toMatchObject({ headers: { cookie: 'followthrough-asked=secret' } });
    expect((passed as Request).headers.authorization).toBeUndefined();
    const without = (await forwarded('/api/consultations/v1/asked/tasks', 'session=x', here)) as Request;
    expect(without.headers.cookie).toBeUndefined();
    expect(await forwarded('/api/consultations/v1/asked/tasks', cookies)).toBe(403);
    const elsewhere = await forwarded(
      '/api/consultations/v1/rounds?x=/api/consultations/v1/asked/',
      cookies,
      {
        ...here,
        session: { ...here.session, isOurs: () => true },
      } as unknown as ForwarderParts,
    );
    expect((elsewhere as Request).headers.cookie).toBeUndefined();
  });
});
