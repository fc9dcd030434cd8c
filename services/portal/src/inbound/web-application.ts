import { existsSync, readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { Router, type Request, type Response } from 'express';

const YEAR_SECONDS = 365 * 24 * 3600;
const encodings = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

/**
 * Serves the built web application: files that bear a hash in their name for ever, all else checked each time,
 * precompressed where the build left a smaller twin beside the file, and the page itself for every address that
 * is a page of its.
 */
export function webApplication(folder: string, files = builtFiles(folder)): Router {
  const router = Router();
  router.use((request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const path = decoded(request.path);
    if (path !== null && path !== 'index.html' && files.has(path))
      return send(folder, files, path, request, response);
    const isPage =
      path !== null && !/\.\w+$/.test(path) && request.accepts('html') && !/^(api|oidc)(\/|$)/.test(path);
    if (!isPage) return next();
    if (files.has('index.html')) return send(folder, files, 'index.html', request, response);
    response
      .status(503)
      .type('text')
      .send('The web application has not been built yet: run "npm run build", then start again.\n');
  });
  return router;
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path).replace(/^\/+/, '');
  } catch {
    return null;
  }
}

function send(
  folder: string,
  files: ReadonlySet<string>,
  path: string,
  request: Request,
  response: Response,
): void {
  const hashed = path.startsWith('assets/');
  response.set('cache-control', hashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
  response.vary('accept-encoding').type(extname(path));
  const packed = encodings.find(
    ({ name, suffix }) => files.has(path + suffix) && request.acceptsEncodings(name),
  );
  if (packed) response.set('content-encoding', packed.name);
  response.sendFile(path + (packed?.suffix ?? ''), { root: folder, cacheControl: false, dotfiles: 'deny' });
}

/** Paths of the built files below the folder; none where nothing has been built. */
export function builtFiles(folder: string): ReadonlySet<string> {
  return new Set(existsSync(folder) ? listFiles(folder) : []);
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}
