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

function forwarded(originalUrl: string): Promise<Request | number> {
  const request = {
    originalUrl,
    url: originalUrl.slice('/api'.length),
    headers: { cookie: 'session=x' },
  } as unknown as Request;
  return new Promise((resolve) => {
    const response = {
      status: (status: number) => {
        resolve(status);
        return { type: () => ({ send: () => undefined, json: () => undefined }), json: () => undefined };
      },
      setHeader: () => undefined,
    } as unknown as Response;
    void forwarder(parts)(request, response, () => resolve(request));
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
});
