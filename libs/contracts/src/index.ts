export {
  catalogue,
  type EventData,
  type EventDefinition,
  type EventType,
  findEvent,
  isEventType,
  type Plain,
  type RecommendationState,
  type TopicDefinition,
  topics,
} from './catalogue';
export { type Filterable, matchesFilter, searchText, searchWords } from './filter/matches';
export { FilterError, filterFromQuery, filterToQuery, parseFilter, type Query } from './filter/query';
export {
  type FilterField,
  filterFields,
  type Kind,
  kinds,
  NONE,
  type Position,
  positions,
  type RecommendationFilter,
  recommendationFilter,
} from './filter/recommendation-filter';
export { type FilterColumns, filterToSql, recommendationColumns, type SqlCondition } from './filter/sql';
export { eventContentType, eventHeader, visibilities, type Visibility } from './headers';
export { fromWire, toWire, WireError } from './wire';
