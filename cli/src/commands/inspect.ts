import type { CommandDefinition } from '../command';
import { CommandFailure } from '../failure';
import { isDonorFile } from '@followthrough/funding/formats';
import { inspectDonorFile } from '../donor-inspection';
import { inputFile, templateOf } from '../input-file';
import { inspectedRow } from '../inspected-row';
import { inspect, type Inspection } from '../inspection';
import { inspectionSummary } from '../inspection-summary';

interface InspectOptions {
  json?: boolean;
  rows?: boolean;
  template?: string;
}

/** `ft inspect FILE`: says what a file contains, without a server and without a database. */
export const inspectCommand: CommandDefinition = (program, { config, output }) => {
  program
    .command('inspect')
    .argument(
      '<FILE>',
      'a UPR Info export, an OHCHR matrix (.docx), or any .csv, .xlsx or .xls with a row of headings',
    )
    .description('Say what is in a file of recommendations, and what is wrong with it.')
    .option('--json', 'the whole result as one JSON object')
    .option('--rows', 'one JSON object a line for every record of the file')
    .option('--template <T>', 'mapping template of a spreadsheet: uhri, followthrough-export, or a JSON file')
    .addHelpText(
      'after',
      `
Examples:
  ft inspect upr48-slovenia-matrix.docx
  ft inspect export.csv --json
  ft inspect our-list.xlsx --rows --template our-mapping.json`,
    )
    .action(async (named: string, options: InspectOptions) => {
      const file = await inputFile(named, config);
      const template =
        options.template === undefined ? undefined : await templateOf(options.template, config);
      if (await isDonorFile({ path: file.path })) {
        await output.json(await inspectDonorFile(file, undefined));
        return;
      }
      if (options.rows) {
        const inspection = await inspect(file, template, (row) =>
          output.line(JSON.stringify(inspectedRow(row))),
        );
        refuseUnmapped(inspection);
        const { rejected } = inspection.counts;
        if (rejected > 0) output.remark(`${rejected} rows were rejected; --json says which and why.`);
        return;
      }
      const inspection = await inspect(file, template);
      refuseUnmapped(inspection);
      if (options.json) await output.json(inspection);
      else await output.write(inspectionSummary(inspection));
    });
};

/** Without a column of texts there is nothing to say of a table. */
function refuseUnmapped({ missing }: Inspection): void {
  if (!missing.includes('text')) return;
  throw new CommandFailure(
    'The file is a table, but no column in it is recognised as the text of recommendations: name the columns with --template.',
    2,
  );
}
