import { asAmpTemplate, isDonorFile, type AmpTemplate } from '@followthrough/funding/formats';
import type { CommandDefinition } from '../command';
import { inspectDonorFile } from '../donor-inspection';
import { donorSummary } from '../donor-summary';
import { CommandFailure } from '../failure';
import { inputFile, templateOf, type InputFile } from '../input-file';
import { inspectedRow } from '../inspected-row';
import { inspect, type Inspection } from '../inspection';
import { inspectionSummary } from '../inspection-summary';
import type { Output } from '../output';

interface InspectOptions {
  json?: boolean;
  rows?: boolean;
  findings?: boolean;
  template?: string;
}

/** `ft inspect FILE`: says what a file contains, without a server and without a database. */
export const inspectCommand: CommandDefinition = (program, { config, output }) => {
  program
    .command('inspect')
    .argument(
      '<FILE>',
      'a UPR Info export, an OHCHR matrix (.docx), any .csv, .xlsx or .xls with a row of headings, or a donor file: IATI (.xml, .gz, .zip) or an AMP export (.csv)',
    )
    .description(
      'Say what is in a file of recommendations or of donor activities, and what is wrong with it.',
    )
    .option('--json', 'the whole result as one JSON object')
    .option('--rows', 'one JSON object a line for every record of the file')
    .option('--findings', 'of a donor file: one JSON object a line for everything that is wrong, and where')
    .option(
      '--template <T>',
      'mapping template of a table: uhri, followthrough-export, amp-release, amp-release-projects, or a JSON file',
    )
    .addHelpText(
      'after',
      `
Examples:
  ft inspect upr48-slovenia-matrix.docx
  ft inspect export.csv --json
  ft inspect our-list.xlsx --rows --template our-mapping.json
  ft inspect iati-activities.xml.gz --findings`,
    )
    .action(async (named: string, options: InspectOptions) => {
      const file = await inputFile(named, config);
      const template =
        options.template === undefined ? undefined : await templateOf(options.template, config);
      const ampTemplate = asAmpTemplate(template);
      if (ampTemplate ?? (template === undefined && (await isDonorFile({ path: file.path })))) {
        await inspectDonor(file, ampTemplate, options, output);
        return;
      }
      if (options.findings) {
        throw new CommandFailure('--findings is for donor files; what is wrong here is in --json.', 2);
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

async function inspectDonor(
  file: InputFile,
  template: string | AmpTemplate | undefined,
  { json, rows, findings }: InspectOptions,
  output: Output,
): Promise<void> {
  if (findings) {
    await inspectDonorFile(file, template, { onFinding: (finding) => output.line(JSON.stringify(finding)) });
  } else if (rows) {
    const { counts } = await inspectDonorFile(file, template, {
      onRow: async (row) => {
        if (row.outcome !== 'finding') await output.line(JSON.stringify(row));
      },
    });
    if (counts.findings > 0) output.remark(`${counts.findings} findings; --findings lists them.`);
  } else {
    const inspection = await inspectDonorFile(file, template);
    if (json) await output.json(inspection);
    else await output.write(donorSummary(inspection));
  }
}

/** Without a column of texts there is nothing to say of a table. */
function refuseUnmapped({ missing }: Inspection): void {
  if (!missing.includes('text')) return;
  throw new CommandFailure(
    'The file is a table, but no column in it is recognised as the text of recommendations: name the columns with --template.',
    2,
  );
}
