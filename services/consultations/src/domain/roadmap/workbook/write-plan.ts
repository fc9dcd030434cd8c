import type { Decimal } from '../../decimal';
import type { Plan } from '../plan';
import { headingOf, type Field } from './columns';

export type CellValue = string | number | null;

export interface WrittenSheet {
  name: string;
  rows: CellValue[][];
}

/**
 * A plan as sheets that are read back without loss; lists stand one a line.
 * @param nameOf how a recommendation is referred to so that the way back finds it
 */
export function writePlan(
  plan: Plan,
  stateUnderReview: string,
  nameOf: (id: string) => string,
): WrittenSheet[] {
  const lines = (list: readonly string[]) => list.join('\n');
  const clusters = new Map(plan.clusters.map(({ clusterId, name }) => [clusterId, name]));
  const table = (name: string, fields: Field[], rows: CellValue[][]): WrittenSheet => ({
    name,
    rows: [fields.map(headingOf), ...rows],
  });
  return [
    {
      name: 'Roadmap',
      rows: [
        ['Title', plan.title],
        ['State under review', stateUnderReview],
        ['From year', plan.fromYear || null],
        ['To year', plan.toYear || null],
      ],
    },
    table(
      'Actions',
      [
        'number',
        'action',
        'description',
        'lead',
        'supporting',
        'start',
        'due',
        'recommendations',
        'clusters',
        'open',
        'actionId',
      ],
      plan.actions.map((action) => [
        action.number,
        action.title,
        action.description,
        action.leadInstitution,
        lines(action.supportingInstitutions),
        action.startOn,
        action.dueOn,
        lines(action.recommendationIds.map(nameOf)),
        lines(action.clusterIds.map((id) => clusters.get(id) ?? '')),
        lines(action.openReferences),
        action.actionId,
      ]),
    ),
    table(
      'Indicators',
      [
        'number',
        'actionId',
        'indicator',
        'kind',
        'unit',
        'baseline',
        'baselineOn',
        'target',
        'targetOn',
        'indicatorSource',
      ],
      plan.actions.flatMap(({ number, actionId, indicators }) =>
        indicators.map((indicator) => [
          number,
          actionId,
          indicator.title,
          indicator.kind,
          indicator.unit,
          numeric(indicator.baseline.value),
          indicator.baseline.on,
          numeric(indicator.target.value),
          indicator.target.on,
          indicator.source,
        ]),
      ),
    ),
    table(
      'Costs',
      ['number', 'actionId', 'year', 'currency', 'amount', 'costSource'],
      plan.actions.flatMap(({ number, actionId, costs }) =>
        costs.map(({ year, currency, amount, source }) => [
          number,
          actionId,
          year,
          currency,
          amount === null ? 'unknown' : numeric(amount),
          source,
        ]),
      ),
    ),
    table(
      'Clusters',
      ['cluster', 'recommendations'],
      plan.clusters.map(({ name, recommendationIds }) => [name, lines(recommendationIds.map(nameOf))]),
    ),
    table(
      'Left out',
      ['recommendations', 'reason'],
      plan.exclusions.map(({ recommendationId, reason }) => [nameOf(recommendationId), reason]),
    ),
  ];
}

/** A number that programs can add up where a workbook keeps it exactly (15 digits), else its text. */
function numeric(decimal: Decimal | null): CellValue {
  if (decimal === null) return null;
  const number = Number(decimal);
  return String(Number(number.toPrecision(15))) === decimal ? number : decimal;
}
