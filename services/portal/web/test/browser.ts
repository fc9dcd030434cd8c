import { existsSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { startFixtureServer } from '../dev/server';
import { builtSite } from './built-site';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = places.find(existsSync);

/** `describe` where there is a browser; else one loud skip, and a failure where nothing may be skipped. */
export const describeInBrowser = (name: string, tests: () => void): void => {
  if (executablePath) {
    describe(name, tests);
    return;
  }
  const reason = `no Chromium at ${places.join(', ')}: install Debian's package "chromium"`;
  if (process.env.CI === 'true') {
    test(name, () => {
      throw new Error(reason);
    });
  } else {
    console.warn(`SKIPPED ${name}: ${reason}`);
    describe.skip(`${name} (${reason})`, tests);
  }
};

export interface Visitor {
  mode?: 'filled' | 'empty' | 'failing';
  as?: 'coordinator' | 'administrator';
  lang?: 'en' | 'fr' | 'ar';
  width?: number;
  height?: number;
  dark?: boolean;
}

/** A page that remembers what went wrong on it. */
export interface Seen {
  page: Page;
  context: BrowserContext;
  /** Violations of the content security policy, script errors, requests to elsewhere. */
  faults: string[];
  go: (path: string) => Promise<void>;
}

export interface Site {
  address: string;
  visit: (visitor?: Visitor) => Promise<Seen>;
  close: () => Promise<void>;
}

/** The built site before invented services, and a browser in front of it. */
export async function openSite(): Promise<Site> {
  const { address, server } = await startFixtureServer(await builtSite());
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    address,
    visit: (visitor = {}) => visit(browser, address, visitor),
    close: () => closeAll(browser, server),
  };
}

async function closeAll(browser: Browser, server: Server): Promise<void> {
  await browser.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

async function visit(browser: Browser, address: string, visitor: Visitor): Promise<Seen> {
  const context = await browser.newContext({
    viewport: { width: visitor.width ?? 1440, height: visitor.height ?? 1000 },
    colorScheme: visitor.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  const cookie = (name: string, value: string) => ({ name, value, url: address });
  await context.addCookies([
    cookie('fixture-mode', visitor.mode ?? 'filled'),
    cookie('fixture-as', visitor.as ?? 'nobody'),
  ]);
  const page = await context.newPage();
  const faults: string[] = [];
  await page.exposeFunction('tellFault', (fault: string) => faults.push(fault));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      const { tellFault } = window as unknown as { tellFault: (fault: string) => void };
      tellFault(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
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
      if (visitor.lang) url.searchParams.set('lang', visitor.lang);
      await page.goto(url.href);
      await settled(page);
    },
  };
}

/** The page shows its heading and nothing is on its way any more. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  await page.waitForFunction(
    () =>
      !document.querySelector('main .skeletons, main [aria-busy="true"]') &&
      document.fonts.status === 'loaded',
  );
}

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export interface Finding {
  id: string;
  impact: string;
  where: string[];
}

/** What axe finds of WCAG 2.2 AA and best practice; `serious` and `critical` only, unless all are asked for. */
export async function axe(page: Page, all = false): Promise<Finding[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(options: object): Promise<{ violations: AxeViolation[] }> };
    };
    interface AxeViolation {
      id: string;
      impact: string;
      nodes: { html: string }[];
    }
    const found = await axe.run({ resultTypes: ['violations'] });
    return found.violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      where: nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)),
    }));
  });
  return violations.filter(({ impact }) => all || impact === 'serious' || impact === 'critical');
}

/** By how many pixels the page is wider than its window. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
