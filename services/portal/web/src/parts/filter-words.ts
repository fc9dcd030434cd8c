import type { FilterField } from '../api/filter';
import type { MessageId } from '../intl/catalogue';
import type { Words } from '../intl/words';
import { positionWord } from './badge';
import { stateName } from './record';

export const fieldWord = (field: FilterField): MessageId => `field.${field}`;

/** A value of a filter in the reader's words: words first, codes second. */
export function valueWord(words: Words, field: FilterField, value: string): string {
  const { names, t } = words;
  if (value === 'none' || value === '0') return t(field === 'position' ? 'position.none' : 'value.none');
  switch (field) {
    case 'position':
      return t(positionWord(value));
    case 'theme':
      return names.themes[value] ?? value;
    case 'group':
      return names.groups[value] ?? value;
    case 'sdg':
      return goalWord(words, value);
    case 'stateUnderReview':
    case 'recommendingState':
      return stateName(words, value);
    case 'mechanism':
      return names.mechanisms[value] ?? value;
    case 'cycle':
      return t('cycle', { n: Number(value) });
    case 'session':
      return t('session', { n: Number(value) });
    case 'kind':
      return t(value === 'pledge' ? 'kind.pledge' : 'kind.recommendation');
    case 'actionCategory':
      return t(actionWord(value));
  }
}

/** A goal by number and name; a target by its number and the name of its goal. */
function goalWord({ names, t }: Words, value: string): string {
  const [goal = ''] = value.split('.');
  const name = names.goals[goal];
  if (!name) return value;
  return goal === value ? t('sdg', { goal, name }) : t('sdg.target', { target: value, name });
}

/** UPR Info's five kinds of action, from minimal to specific. */
export function actionWord(value: string | number): MessageId {
  const category = Number(value);
  return category >= 1 && category <= 5 ? (`action.${category}` as MessageId) : 'action.0';
}
