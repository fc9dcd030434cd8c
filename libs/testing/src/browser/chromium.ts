import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

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

/** A browser without a window, which asks nobody for anything by itself. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
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
}
