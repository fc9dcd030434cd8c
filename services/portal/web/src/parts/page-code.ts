const notLoaded = new WeakSet<Error>();

// Vite says so for a script or a style of a page that could not be fetched.
addEventListener('vite:preloadError', ({ payload }) => notLoaded.add(payload));

/** Whether a page broke because its own code could not be fetched: the server is away, or was upgraded meanwhile. */
export function isCodeMissing(error: unknown): boolean {
  return error instanceof Error && notLoaded.has(error);
}

/** Loads the page anew once the server answers; until then what is shown stays. */
export async function reloadOnceThere(): Promise<void> {
  const answer = await fetch(location.href, { cache: 'no-store' }).catch(() => null);
  if (answer?.ok) location.reload();
}
