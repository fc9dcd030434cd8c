import type { IncomingHttpHeaders } from 'node:http';

/** How the invented installation behaves; a test or a developer chooses it with cookies. */
export interface Situation {
  mode: 'filled' | 'empty' | 'failing';
  /** Whose session it is. */
  as: 'nobody' | 'coordinator' | 'administrator';
}

export interface Ask {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  situation: Situation;
}

export interface Answer {
  status?: number;
  json?: unknown;
  /** With a type of its own, e.g. CSV. */
  text?: string;
  type?: string;
}

export function situationFrom(headers: IncomingHttpHeaders): Situation {
  const cookie = (name: string) => new RegExp(`(?:^|; )${name}=([a-z]+)`).exec(headers.cookie ?? '')?.[1];
  const mode = cookie('fixture-mode');
  const as = cookie('fixture-as');
  return {
    mode: mode === 'empty' || mode === 'failing' ? mode : 'filled',
    as: as === 'coordinator' || as === 'administrator' ? as : 'nobody',
  };
}

/** A problem document as the services send them. */
export function problem(status: number, slug: string, detail: string, cure = ''): Answer {
  const correlationId = '0199c0de-7e57-7000-8000-0000000f1x7e';
  return {
    status,
    type: 'application/problem+json',
    json: { type: `/problems/${slug}`, slug, title: slug, status, detail, cure, correlationId },
  };
}

export const page = (query: URLSearchParams) => Math.max(1, Number(query.get('page') ?? 1));

export function slice<T>(all: T[], query: URLSearchParams, size = 20): T[] {
  return all.slice((page(query) - 1) * size, page(query) * size);
}
