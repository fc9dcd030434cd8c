export { applyTopics } from './distributed';
export { startPlatform, type Platform } from './platform';
export { backupPlatform, restorePlatform } from './safekeeping';
export { checkUpgrade, type UpgradeCheck } from './upgrade/check-upgrade';
