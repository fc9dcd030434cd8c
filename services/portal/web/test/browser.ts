import {
  launchBrowser,
  openPage,
  type Seen,
  type Window as VisitorWindow,
} from '@followthrough/testing/browser';
import { startFixtureServer } from '../dev/server';
import { builtSite } from './built-site';

export { axe, describeInBrowser, settled, sidewaysScroll } from '@followthrough/testing/browser';

export interface Visitor extends Omit<VisitorWindow, 'cookies'> {
  mode?: 'filled' | 'empty' | 'failing';
  as?: 'coordinator' | 'administrator';
}

export interface Site {
  address: string;
  visit: (visitor?: Visitor) => Promise<Seen>;
  close: () => Promise<void>;
}

/** The built site before invented services, and a browser in front of it. */
export async function openSite(): Promise<Site> {
  const { address, server } = await startFixtureServer(await builtSite());
  const browser = await launchBrowser();
  return {
    address,
    visit: ({ mode = 'filled', as, ...window } = {}) =>
      openPage(browser, address, {
        ...window,
        cookies: { 'fixture-mode': mode, 'fixture-as': as ?? 'nobody' },
      }),
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
