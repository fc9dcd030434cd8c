import type { RequestHandler } from 'express';

/**
 * Headers of every page: nothing from elsewhere, no inline script or style, nothing that turns text into script,
 * no frame around it.
 * @param formTargets origins other than ours that a form may lead to by redirect, such as the site's own provider
 */
export function securityHeaders(secure: boolean, formTargets: readonly string[] = []): RequestHandler {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    `form-action 'self' ${formTargets.join(' ')}`.trim(),
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  return (_request, response, next) => {
    response.setHeader('content-security-policy', policy);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'same-origin');
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('permissions-policy', 'camera=(), microphone=(), geolocation=()');
    if (secure) response.setHeader('strict-transport-security', 'max-age=31536000');
    next();
  };
}
