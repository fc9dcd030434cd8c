import type { Browser, BrowserContext, Page } from 'playwright-core';

export interface Window {
  lang?: 'en' | 'fr' | 'ar';
  width?: number;
  height?: number;
  dark?: boolean;
  cookies?: Record<string, string>;
}

/** A page that remembers what went wrong on it. */
export interface Seen {
  page: Page;
  context: BrowserContext;
  /** Violations of the content security policy, script errors, requests to elsewhere. */
  faults: string[];
  /** Opens a path of the site and waits until it is settled. */
  go: (path: string) => Promise<void>;
}

interface PolicyViolation {
  violatedDirective: string;
  blockedURI: string;
  sourceFile: string;
}

/** A visitor of their own, with nothing kept from others. */
export async function openPage(browser: Browser, address: string, window: Window = {}): Promise<Seen> {
  const context = await browser.newContext({
    viewport: { width: window.width ?? 1440, height: window.height ?? 1000 },
    colorScheme: window.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  await context.addCookies(
    Object.entries(window.cookies ?? {}).map(([name, value]) => ({ name, value, url: address })),
  );
  const page = await context.newPage();
  const faults: string[] = [];
  await page.exposeFunction('tellFault', (fault: string) => faults.push(fault));
  await page.addInitScript(() => {
    const { addEventListener, tellFault } = globalThis as unknown as {
      addEventListener: (name: string, told: (violation: PolicyViolation) => void) => void;
      tellFault: (fault: string) => void;
    };
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
      tellFault(`policy: ${violatedDirective} ${blockedURI} ${sourceFile}`),
    );
  });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) faults.push(`elsewhere: ${request.url()}`);
  });
  return {
    page,
    context,
    faults,
    async go(path) {
      const url = new URL(path, address);
      if (window.lang) url.searchParams.set('lang', window.lang);
      await page.goto(url.href);
      await settled(page);
    },
  };
}

/** The page shows its heading and nothing is on its way any more. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  await page.waitForFunction(() => {
    const { document } = globalThis as unknown as {
      document: { querySelector(of: string): unknown; fonts: { status: string } };
    };
    return (
      !document.querySelector('main .skeletons, main [aria-busy="true"]') &&
      document.fonts.status === 'loaded'
    );
  });
}
