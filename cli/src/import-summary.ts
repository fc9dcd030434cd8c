import { stateName } from '@followthrough/vocabulary';
import type { ImportView } from './instance/imports';

/** What was not read from a file, as demonstration data is not, has no counts. */
const number = (value: number | undefined) => (value ?? 0).toLocaleString('en');

/** What a file holds and what applying it would do, a line each. */
export function previewLines(imported: ImportView): string[] {
  const { counts, preview, warnings } = imported;
  return [
    `${imported.fileName}: ${number(counts.recommendations)} recommendations, ${number(counts.pledges)} pledges, ${number(counts.rejected)} rejected rows${about(imported)}`,
    ...warnings.map((warning) => `Note: ${warning}`),
    ...(preview
      ? [
          `Applying it: ${number(preview.new)} new, ${number(preview.changed)} changed, ${number(preview.unchanged)} unchanged`,
        ]
      : []),
    ...(preview && preview.openQuestions > 0
      ? [`${number(preview.openQuestions)} names of States are open questions; their rows are kept.`]
      : []),
    ...((counts.rejected ?? 0) > 0 ? [`The rejected rows: ft imports show ${imported.id} --rejects`] : []),
  ];
}

/** What was done, as one line. */
export function resultLine({ result }: ImportView): string {
  if (!result) return 'Nothing was done.';
  const { recorded, revised, withdrawn, unchanged, announced } = result;
  const told =
    announced === undefined ? '' : announced > 0 ? `; ${number(announced)} announced` : '; nobody was told';
  return `${number(recorded)} recorded, ${number(revised)} revised, ${number(withdrawn)} withdrawn, ${number(unchanged)} unchanged${told}.`;
}

function about({ statesUnderReview }: ImportView): string {
  const [only] = statesUnderReview;
  if (!only) return '';
  if (statesUnderReview.length > 1) return `, on ${statesUnderReview.length} States under review`;
  return `, on ${stateName(only, 'en')}`;
}
