/* eslint-disable @typescript-eslint/no-require-imports */
// oidc-provider 9 tells every start on Node 20 to use Node 22, which nobody who starts the platform can act on.
// What it is used for here is tested on Node 20, 22 and 24.
const { warn } = console;
console.warn = () => undefined;
import provider = require('oidc-provider');
console.warn = warn;

/** The constructor of OpenID providers. */
export const Provider = provider.Provider;
