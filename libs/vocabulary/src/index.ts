export { fold } from './fold';
export { unLanguage, unLanguages, type UnLanguage } from './locale';
export { compareSdgs, goalOf, isSdg, parseSdg, sdgGoals, sdgTargets, withTargets } from './sdg';
export { decodeEntities } from './states/key';
export { formerNames, type FormerName, stateName } from './states/names';
export {
  type MatchKind,
  matchState,
  type ResolveOptions,
  resolveState,
  type StateMatch,
  type StateQuestion,
} from './states/resolve';
export {
  findStateByCode,
  isDemoState,
  listStates,
  type RegionalGroup,
  regionalGroups,
  type State,
  type StateStatus,
} from './states/states';
export { type Suggestion, suggestStates } from './states/suggest';
export { splitStates } from './states/split';
export { sdgTitle } from './sdg-titles';
export {
  groupLabel,
  groupsOfTheme,
  knownGroups,
  knownThemes,
  type LabelScheme,
  resolveGroup,
  resolveTheme,
  themeLabel,
  type Topic,
} from './topics/topics';
export {
  findUprSession,
  type Review,
  reviewOfSymbol,
  sessionToCycle,
  type UprCycle,
  uprCycles,
  type UprSession,
  uprSessions,
} from './upr-sessions';
