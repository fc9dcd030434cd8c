import { placeAfter, START } from './place';
import { EntitiesDeclared, Slicer, type Piece } from './slicer';

const FILE = `<?xml version="1.0"?>
<!-- <iati-activity> -->
<iati-activities version="2.03" note='>'>
  <iati-activity a="1>2"><b/></iati-activity>
  <iati-activity/>stray
  <x:y xmlns:x="z"><x:y/></x:y><![CDATA[more]]>
  <iati-activity><!-- </iati-activity> --><c><![CDATA[</iati-activity>]]></c></iati-activity >
  <iati-activity-like/><iati-activity>unclosed
  <iati-activity>é</iati-activity><iati-activity></iati-activity>
</nothing>
</iati-activities>
<!-- end -->`;

function slices(text: string, chunk: number, pieceBytes = 1_000_000): Piece[] {
  const bytes = Buffer.from(text).toString('latin1');
  const slicer = new Slicer({ pieceBytes });
  const pieces: Piece[] = [];
  for (let from = 0; from < bytes.length; from += chunk) {
    pieces.push(...slicer.take(bytes.slice(from, from + chunk)));
  }
  pieces.push(...slicer.take('', true));
  return pieces;
}

describe('Slicer', () => {
  it('cuts a file into its records and what else is in the root', () => {
    const pieces = slices(FILE, FILE.length);
    expect(pieces.map((piece) => ('xml' in piece ? piece.xml : piece.message))).toEqual([
      `<iati-activities version="2.03" note='>'>`,
      '<iati-activity a="1>2"><b/></iati-activity>',
      '<iati-activity/>',
      'stray\n  ',
      '<x:y xmlns:x="z"><x:y/></x:y>',
      '<![CDATA[more]]>',
      '<iati-activity><!-- </iati-activity> --><c><![CDATA[</iati-activity>]]></c></iati-activity >',
      '<iati-activity-like/>',
      '<iati-activity>unclosed\n  ',
      '<iati-activity>\u00c3\u00a9</iati-activity>',
      '<iati-activity></iati-activity>',
      'The end tag of nothing has no beginning.',
    ]);
  });

  it('says where each begins, in characters', () => {
    for (const piece of slices(FILE, FILE.length)) {
      if (!('xml' in piece)) continue;
      const from = FILE.indexOf(Buffer.from(piece.xml, 'latin1').toString());
      expect(piece.at).toEqual(placeAfter(START, FILE, 0, from));
    }
  });

  it('cuts the same however the bytes arrive', () => {
    const whole = slices(FILE, FILE.length);
    const joined = (pieces: Piece[]) =>
      // Text between elements may come in parts.
      pieces.filter((piece) => !('xml' in piece) || piece.xml.startsWith('<'));
    for (let chunk = 1; chunk < 60; chunk += 1) expect(joined(slices(FILE, chunk))).toEqual(joined(whole));
  });

  it('passes over a record that is too long, whatever is in it', () => {
    const long = `<iati-activity>${'<a>'.repeat(400)}</iati-activity>`;
    const file = `<iati-activities><iati-activity>1</iati-activity>${long}<iati-activity>2</iati-activity></iati-activities>`;
    for (const chunk of [7, 300, 5_000]) {
      const pieces = slices(file, chunk, 1_000);
      const records = pieces.flatMap((piece) => (piece.kind === 'record' ? [piece.xml] : []));
      expect(records.filter((xml) => xml.length < 1_000)).toEqual([
        '<iati-activity>1</iati-activity>',
        '<iati-activity>2</iati-activity>',
      ]);
    }
  });

  it('refuses a document type that declares anything, and passes over one that does not', () => {
    expect(() => slices('<!DOCTYPE a [<!ENTITY b "c">]><iati-activities/>', 5)).toThrow(EntitiesDeclared);
    const pieces = slices('<!DOCTYPE iati-activities SYSTEM "a.dtd"><iati-activities/>', 5);
    expect(pieces.map(({ kind }) => kind)).toEqual(['warning', 'root']);
  });
});
