import { testDatabase } from '@followthrough/testing';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { snakeCase } from './snake-case-names';

@Entity()
class ImportedRowEntity {
  @PrimaryColumn('uuid') rowId: string;
  @Column('text', { array: true }) recommendingStates: string[];
  @Column('jsonb') rawCells: object;
  @Column('date') reviewDate: string;
  @Column('bigint') byteOffset: number;
}

it.each([
  ['stateUnderReview', 'state_under_review'],
  ['sha256Hex', 'sha256_hex'],
  ['importID', 'import_id'],
  ['URLOfSource', 'url_of_source'],
  ['already_so', 'already_so'],
])('%s is %s', (name, expected) => {
  expect(snakeCase(name)).toBe(expected);
});

it('maps an entity onto the table that the migrations made, and its values onto ours', async () => {
  const database = await testDatabase({ entities: [ImportedRowEntity] });
  await database.query(
    'CREATE TABLE imported_row (row_id uuid PRIMARY KEY, recommending_states text[], raw_cells jsonb, review_date date, byte_offset bigint)',
  );
  const row = {
    rowId: '0190163d-8694-739b-aea5-966c26f8ad91',
    recommendingStates: ['FRA', 'BRA'],
    rawCells: { a: ['b', null] },
    reviewDate: '2024-02-29',
    byteOffset: 3_000_000_000,
  };
  await database.transaction((tx) => tx.save(ImportedRowEntity, row));
  expect(await database.dataSource.manager.findBy(ImportedRowEntity, { byteOffset: 3_000_000_000 })).toEqual([
    row,
  ]);
  await database.close();
});
