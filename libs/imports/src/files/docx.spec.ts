import { docxFile, type DocxContent } from '@followthrough/imports/fixtures';
import { openDocx, type DocxBlock } from './docx';

async function blocksOf(content: DocxContent): Promise<DocxBlock[]> {
  const file = await openDocx({ bytes: docxFile(content) });
  const blocks: DocxBlock[] = [];
  for await (const block of file.blocks()) blocks.push(block);
  file.close();
  return blocks;
}

const cellsOf = (block: DocxBlock | undefined) =>
  block?.kind === 'row' ? block.cells.map((cell) => cell.text) : [];
const paragraph = (runs: string) => `<w:p>${runs}</w:p>`;

describe('openDocx', () => {
  it('reads paragraphs and rows in order, with their places', async () => {
    const blocks = await blocksOf({
      blocks: [
        'Title',
        [
          ['a', 'b'],
          ['c\nd', ''],
        ],
        'End',
      ],
    });
    expect(blocks).toMatchObject([
      { kind: 'paragraph', text: 'Title' },
      { kind: 'row', table: 1, row: 1 },
      { kind: 'row', table: 1, row: 2 },
      { kind: 'paragraph', text: 'End' },
    ]);
    expect(cellsOf(blocks[2])).toEqual(['c\nd', '']);
  });

  it('knows where merged cells stand', async () => {
    const [first, second] = await blocksOf({
      blocks: [
        [
          [
            { text: 'wide', span: 2 },
            { text: 'x', merge: 'begins' },
          ],
          ['a', 'b', { text: '', merge: 'goes on' }],
        ],
      ],
    });
    expect(first).toMatchObject({
      cells: [
        { column: 0, span: 2 },
        { column: 2, continued: false },
      ],
    });
    expect(second).toMatchObject({ cells: [{ column: 0 }, { column: 1 }, { column: 2, continued: true }] });
  });

  it('reads breaks, tabs and hard hyphens, and not what was deleted, moved away or hidden', async () => {
    const xml = paragraph(
      '<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>' +
        '<w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>well</w:t><w:noBreakHyphen/><w:t>known</w:t></w:r>' +
        '<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t> new</w:t></w:r></w:ins>' +
        '<w:moveFrom><w:r><w:t>away</w:t></w:r></w:moveFrom>' +
        '<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>',
    );
    const [row] = await blocksOf({ blocks: [[[{ text: '', xml }]]] });
    expect(cellsOf(row)).toEqual(['one\ntwo\twell-known new']);
  });

  it('gives the rows of a nested table as well', async () => {
    const nested = '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>inner</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>';
    const blocks = await blocksOf({ blocks: [[[{ text: '', xml: nested }, 'outer']]] });
    expect(blocks.map(cellsOf)).toEqual([['inner'], ['inner\n', 'outer']]);
  });

  it('reads page headers and properties', async () => {
    const bytes = docxFile({
      blocks: [],
      margin: 'UPR of Tamaria',
      title: 'List',
      created: '2025-07-03T14:10:00Z',
    });
    expect(await openDocx({ bytes })).toMatchObject({
      margins: 'UPR of Tamaria',
      title: 'List',
      created: '2025-07-03',
    });
  });

  it('refuses XML entities and a paragraph without end', async () => {
    await expect(blocksOf({ blocks: ['x'], prologue: '<!DOCTYPE w [<!ENTITY a "b">]>' })).rejects.toThrow(
      'XML entities',
    );
    const runs = `<w:r><w:t>${'many words '.repeat(5)}</w:t></w:r>`.repeat(20_000);
    await expect(blocksOf({ blocks: [[[{ text: '', xml: paragraph(runs) }]]] })).rejects.toThrow(
      'more than 1000000',
    );
  });
});
