export { startPlatform, type Platform } from './platform';
export { services } from './services';
