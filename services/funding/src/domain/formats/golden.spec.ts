import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipFile } from '@followthrough/imports/fixtures';
import { sharedData } from '@followthrough/testing';
import { plainCount } from './testing/plain-count';
import { buildFirst, readBytes, readPath, type ReadDonorFile } from './testing/read';

beforeAll(buildFirst);

const xmlUnder = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.xml'))
    .map((name) => join(folder, name));
const schemaFindings = ({ findings }: ReadDonorFile) => findings.filter(({ ruleId }) => ruleId === 'schema');

describe('files of publishers', () => {
  it.each(['publishers', 'aiddata-aims'])(
    '%s: activities, transactions and exact sums equal a plain count',
    async (folder) => {
      const path = sharedData(`iati/xml/${folder}`);
      if (!path) return;
      for (const file of xmlUnder(path)) {
        const { counts, sums } = await readPath(file);
        const { activities, transactions, byTransactionType, unread } = counts;
        expect(unread).toBe(0);
        expect({ activities, transactions, byTransactionType, sums }).toEqual(await plainCount(file));
      }
    },
    400_000,
  );

  it('has no findings in a file that has none', async () => {
    const path = sharedData('iati/xml/publishers/UNHCR-Activities-2023.xml');
    if (!path) return;
    expect(await readPath(path)).toMatchObject({
      versions: ['2.03'],
      findings: [],
      counts: { activities: 134, transactions: 2_678, invalid: 0 },
    });
  });

  it('reads 170 MB with every error that libxml2 finds in the whole', async () => {
    const path = sharedData('iati/xml/big/hdx-covid-2021-merged.xml.gz');
    if (!path) return;
    const read = await readPath(path);
    const { activities, transactions, byTransactionType, invalid } = read.counts;
    expect({ activities, transactions, invalid }).toEqual({
      activities: 13_200,
      transactions: 77_475,
      invalid: 2_212,
    });
    expect(byTransactionType).toMatchObject({ 1: 5_799, 2: 13_981, 3: 26_654, 4: 25_912, 11: 4_288 });
    expect(schemaFindings(read)).toHaveLength(5_285);
    const plain = await plainCount(path);
    expect({ byTransactionType, sums: read.sums }).toEqual({
      byTransactionType: plain.byTransactionType,
      sums: plain.sums,
    });
  }, 400_000);
});

describe("the standard's own cases", () => {
  it('pass and fail as they should', async () => {
    const path = sharedData('iati/xml/iati-schemas-tests/tests');
    if (!path) return;
    // The register's records are another schema, and no donor files. In one archive, so that one thread reads all.
    const files = xmlUnder(path).filter((name) => !name.includes('registry-tests'));
    const read = await readBytes(
      zipFile(files.map((name) => ({ name: name.slice(1), content: readFileSync(name) }))),
    );
    expect(read.counts.activities + read.counts.organisations).toBeGreaterThan(300);
    expect(read.counts.unread).toBe(0);
    const failing = new Set(schemaFindings(read).map(({ file }) => file!));
    const misjudged = files.filter((name) => failing.has(name.slice(1)) === name.includes('should-pass'));
    expect(misjudged).toEqual([]);
  });
});

describe('exports of Aid Management Platforms', () => {
  const RELEASES = {
    senegal: [
      'SenegalAIMS_GeocodedResearchRelease_Level1_v1.5.1',
      'iati_1.04_SenegalAIMS_GeocodedResearchRelease',
    ],
    congo: ['DRCAMP_GeocodedResearchRelease_Level1_v1.2', 'iati_1.04_DRCAMP_GeocodedResearchRelease'],
  };
  const cents = (sum: string | undefined) => Number(sum).toFixed(2);

  it('of Senegal agree with the same projects as IATI, by type', async () => {
    const folder = sharedData(`amp/${RELEASES.senegal[0]}/data`);
    if (!folder) return;
    const table = await readPath(join(folder, 'transactions.csv'));
    expect(table).toMatchObject({ format: 'amp-csv', template: 'amp-release', findings: [] });
    expect(cents(table.sums.C?.USD)).toBe('18994835137.55');
    expect(cents(table.sums.D?.USD)).toBe('7382591401.59');
    const xml = await readPath(join(folder, `${RELEASES.senegal[1]}.xml`));
    expect(xml.sums).toEqual(table.sums);
    expect(xml.counts.transactions).toBe(table.counts.transactions);
    const projects = await readPath(join(folder, 'projects.csv'));
    expect(projects.template).toBe('amp-release-projects');
    expect(projects.counts.activities).toBe(xml.counts.activities);
  });

  it('of the DR Congo agree in the whole, for its IATI names no types', async () => {
    const folder = sharedData(`amp/${RELEASES.congo[0]}/data`);
    if (!folder) return;
    const table = await readPath(join(folder, 'transactions.csv'));
    const xml = await readPath(join(folder, `${RELEASES.congo[1]}.xml`));
    expect(xml.sums['']).toEqual(table.sums.C);
    expect(Object.keys(table.sums)).toEqual(['C']);
  });
});
