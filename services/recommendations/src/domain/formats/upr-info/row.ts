import { parseSession } from '../numbers';
import { positionOf } from '../position';
import { sessionToCycle } from '@followthrough/vocabulary';
import type { Draft } from '../record';
import { dateOfSession, type StateNames } from '../states';
import type { Address } from '@followthrough/imports/files';
import { cellText, distinct, oneLine } from '../words';
import type { UprInfoColumns } from './headings';

/** What is wrong with a row, in words for people. */
export interface Fault {
  reason: string;
  cure: string;
}

const PLEDGE = /^voluntary\s+(pledge|commitment)s?$/i;

/**
 * One row of UPR Info's database as the export has it: "Accepted" is what the UN calls supported, "Noted" stands
 * for whatever the State did not accept, and a pledge of the State itself is recorded as a row "from" that State.
 */
export function uprInfoRow(
  cells: readonly string[],
  columns: UprInfoColumns,
  names: StateNames,
  at: Address,
  raw: Record<string, string>,
): Draft | Fault {
  const cell = (column: keyof UprInfoColumns) => oneLine(cells[columns[column]]);
  const text = cellText(cells[columns.text]);
  const session = parseSession(cell('session'));
  const response = cell('response');
  const pledge = PLEDGE.test(response);
  const position = pledge ? '' : positionOf(response);
  const action = /^([0-5])(?:\.0+)?(?:\s*[-–].*)?$/.exec(cell('action'));
  if (cell('stateUnderReview') === '')
    return fault('it names no State under review', 'Fill the first column.');
  if (text === '')
    return fault('it has no text', 'Fill in the text of the recommendation, or delete the row.');
  if (session === null) {
    return fault(
      `its session "${shown(cell('session'))}" is no number of a session`,
      'Write it as a number, like 19.',
    );
  }
  if (position === null) {
    return fault(
      `its response "${shown(response)}" is not known`,
      'Write Accepted, Noted or Voluntary Pledge.',
    );
  }
  if (!action && cell('action') !== '') {
    return fault(
      `its action category "${shown(cell('action'))}" is not known`,
      'Write a number from 1 to 5.',
    );
  }
  const on = dateOfSession(session);
  const recommending = names.mention(cell('recommendingState'), on);
  return {
    at,
    kind: pledge ? 'pledge' : 'recommendation',
    mechanism: 'UPR',
    stateUnderReview: names.mention(cell('stateUnderReview'), on),
    cycle: sessionToCycle(session),
    session,
    symbol: '',
    paragraph: '',
    text,
    language: 'en',
    recommendingStates: pledge || recommending.raw === '' ? [] : [recommending],
    position,
    positionSource: '',
    actionCategory: Number(action?.[1] ?? 0) || null,
    themes: distinct(
      cell('issue')
        .split(',')
        .map((issue) => issue.trim()),
    ),
    groups: [],
    sdgs: [],
    date: '',
    externalId: '',
    raw,
  };
}

function fault(reason: string, cure: string): Fault {
  return { reason, cure };
}

function shown(value: string): string {
  return value.length > 40 ? `${value.slice(0, 40)}…` : value;
}
