export { fold } from './fold';
export { compareSdgs, goalOf, isSdg, parseSdg, sdgGoals, sdgTargets, withTargets } from './sdg';
