export { describeInBrowser, launchBrowser } from './chromium';
export { openPage, settled, type Seen, type Window } from './page';
export { axe, sidewaysScroll, type Finding } from './axe';
