import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import express from 'express';
import { securityHeaders } from './security-headers';
import { webApplication } from './web-application';

describe('the web application as it is served', () => {
  let server: Server;
  let url: string;
  const folder = mkdtempSync(join(tmpdir(), 'followthrough-web-'));

  beforeAll(async () => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>the application</title>');
    writeFileSync(join(folder, 'assets', 'main-abc123.js'), 'console.log(1)');
    writeFileSync(join(folder, 'assets', 'main-abc123.js.gz'), gzipSync('console.log(1)'));
    writeFileSync(join(folder, 'start.js'), 'start()');
    const app = express();
    app.use(securityHeaders(true));
    app.use(webApplication(folder));
    server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });

  const get = (path: string, headers: Record<string, string> = {}) => fetch(url + path, { headers });
  const html = { accept: 'text/html' };

  it('is the page at every address that is one of its pages', async () => {
    for (const path of ['/', '/recommendations', '/from/Côte%20d’Ivoire', '/import/1']) {
      const answer = await get(path, html);
      expect([path, answer.status, await answer.text()]).toEqual([
        path,
        200,
        expect.stringContaining('the application'),
      ]);
      expect(answer.headers.get('cache-control')).toBe('no-cache');
    }
    expect((await get('/missing.js', html)).status).toBe(404);
    expect((await get('/api/none', html)).status).toBe(404);
    expect((await get('/index.html.bak', html)).status).toBe(404);
  });

  it('allows nothing from elsewhere and nothing inline', async () => {
    const policy = (await get('/', html)).headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("style-src 'self';");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  });

  it('is kept for ever where the name bears a hash, and comes precompressed', async () => {
    const packed = await get('/assets/main-abc123.js', { 'accept-encoding': 'gzip, br' });
    expect(packed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(packed.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(packed.headers.get('vary')).toMatch(/accept-encoding/i);
    expect(await packed.text()).toBe('console.log(1)');
    const plain = await get('/assets/main-abc123.js', { 'accept-encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    const start = await get('/start.js');
    expect(start.headers.get('cache-control')).toBe('no-cache');
    const again = await get('/start.js', {
      'if-none-match': start.headers.get('etag')!,
      // Left alone, fetch asks for a full reload where a condition is given.
      'cache-control': 'max-age=0',
    });
    expect(again.status).toBe(304);
  });

  it.each(['/../package.json', '/%2e%2e/package.json', '/..%2f..%2fetc/passwd', '/%', '/assets/%00'])(
    'serves nothing beside its folder: %s',
    async (path) => {
      const answer = await get(path);
      expect(await answer.text()).not.toMatch(/root:|"name"/);
      expect(answer.status).not.toBe(500);
    },
  );
});
