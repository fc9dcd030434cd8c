import { csrf } from './client';

/** Ends the session here and at the identity provider; the page is loaded anew as a visitor. */
export async function signOut(): Promise<void> {
  const response = await fetch('/sign-out', {
    method: 'POST',
    headers: { 'x-csrf-token': csrf(), accept: 'application/json' },
    credentials: 'same-origin',
  });
  const next = response.ok ? ((await response.json()) as { location?: string }).location : undefined;
  location.assign(next ?? '/');
}
