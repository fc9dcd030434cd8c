import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { Controller, Get, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { writeXlsxStream } from 'hucre/xlsx';
import { Caller, Problem, Public, type CallerIdentity } from '@followthrough/service-kit';
import { csvLine } from '../domain/csv';
import { exportCells, exportColumns } from '../domain/export-row';
import { recommendationView, seesInternal } from '../outbound/recommendation-view';
import { RecommendationReader } from '../outbound/recommendation.reader';
import type { RecommendationRow } from '../outbound/recommendation-rows';
import { listQuery } from './list-query';
import { sendHead, sendLines } from './send-lines';

const CSV = { name: 'recommendations.csv', type: 'text/csv; charset=utf-8' };
const JSON_FILE = { name: 'recommendations.json', type: 'application/json; charset=utf-8' };
const XLSX = {
  name: 'recommendations.xlsx',
  type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** All recommendations that a filter finds, streamed; what is written here is read back without a change. */
@Controller('export')
export class ExportController {
  constructor(private readonly recommendations: RecommendationReader) {}

  /** `format=csv|xlsx|json` and any filter of the list. */
  @Get()
  @Public()
  async export(
    @Query() query: Record<string, unknown>,
    @Caller() caller: CallerIdentity | null,
    @Res() response: Response,
  ): Promise<void> {
    const { filter } = listQuery(query);
    const rows = this.recommendations.all(caller, filter);
    switch (query.format ?? 'csv') {
      case 'csv':
        return sendLines(response, CSV, csvLines(rows, caller));
      case 'json':
        return sendLines(response, JSON_FILE, jsonLines(rows, caller));
      case 'xlsx':
        return sendXlsx(response, rows, caller);
      default:
        throw new Problem(
          'invalid',
          'format-unknown',
          'An export is format=csv, format=xlsx or format=json.',
        );
    }
  }
}

async function* csvLines(
  rows: AsyncIterable<RecommendationRow>,
  caller: CallerIdentity | null,
): AsyncGenerator<string> {
  const columns = exportColumns(mayKnowSome(caller));
  // Without the mark spreadsheet programs take UTF-8 for something else.
  yield `\uFEFF${csvLine(columns.map((column) => column.heading))}`;
  for await (const row of rows) {
    yield csvLine(exportCells(row.id, row, columns, seesInternal(caller, row.stateUnderReview)));
  }
}

async function* jsonLines(
  rows: AsyncIterable<RecommendationRow>,
  caller: CallerIdentity | null,
): AsyncGenerator<string> {
  let before = '[\n';
  for await (const row of rows) {
    yield before + JSON.stringify(recommendationView(row, caller));
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

/** Strings are written as text cells, which no spreadsheet program runs: they need no apostrophe. */
async function sendXlsx(
  response: Response,
  rows: AsyncIterable<RecommendationRow>,
  caller: CallerIdentity | null,
): Promise<void> {
  const columns = exportColumns(mayKnowSome(caller));
  async function* cells(): AsyncGenerator<string[]> {
    for await (const row of rows) {
      yield exportCells(row.id, row, columns, seesInternal(caller, row.stateUnderReview));
    }
  }
  const sheet = writeXlsxStream(cells(), {
    name: 'Recommendations',
    columns: columns.map(({ heading }) => ({ header: heading })),
    freezePane: { rows: 1 },
  });
  sendHead(response, XLSX);
  await pipeline(Readable.fromWeb(sheet as ReadableStream), response);
}

const mayKnowSome = (caller: CallerIdentity | null): boolean =>
  caller?.can('recommendations.internal.read') ?? false;
