import type { ColumnPreview } from '../src/api/imports';
import {
  fieldOf,
  mapColumn,
  mapConstant,
  mapValue,
  startMapping,
  wordsOf,
} from '../src/pages/import/mapping';

const columns: ColumnPreview[] = [
  { name: 'Para', samples: ['118.1'], guess: 'paragraph' },
  { name: 'Recommendation', samples: ['Register every birth.'], guess: 'text' },
  { name: 'State', samples: ['Kenya'], guess: 'recommendingStates' },
  { name: 'Co-sponsor', samples: [''], guess: null },
  { name: 'Answer', samples: ['Accepted', 'To be seen', 'Accepted'], guess: 'position' },
];
const guessed = startMapping(columns);

it('begins with what the headings were taken for, or with what was said before', () => {
  expect(guessed.columns).toEqual({
    paragraph: 'Para',
    text: 'Recommendation',
    recommendingStates: 'State',
    position: 'Answer',
  });
  const held = { columns: { text: 'Answer' } };
  expect(startMapping(columns, held)).toBe(held);
  expect(startMapping(columns, { columns: {} })).toEqual(guessed);
});

it('lets several columns fill a list and one fill any other field', () => {
  const two = mapColumn(guessed, 'Co-sponsor', 'recommendingStates');
  expect(two.columns.recommendingStates).toEqual(['State', 'Co-sponsor']);
  expect(fieldOf(two, 'Co-sponsor')).toBe('recommendingStates');
  const moved = mapColumn(guessed, 'Co-sponsor', 'text');
  expect(moved.columns.text).toBe('Co-sponsor');
  expect(fieldOf(moved, 'Recommendation')).toBeNull();
});

it('takes a column out again', () => {
  const two = mapColumn(guessed, 'Co-sponsor', 'recommendingStates');
  expect(mapColumn(two, 'State', '').columns.recommendingStates).toBe('Co-sponsor');
  expect(mapColumn(guessed, 'State', '').columns).not.toHaveProperty('recommendingStates');
});

it('knows the words of a column once each, and those matched before', () => {
  const matched = mapValue(guessed, 'position', 'Under study', 'pending');
  expect(wordsOf(columns, matched, 'position')).toEqual(['Accepted', 'To be seen', 'Under study']);
  expect(mapValue(matched, 'position', 'Under study', '').values?.position).toEqual({});
});

it('keeps what holds for every row until it is taken back', () => {
  const upr = mapConstant(guessed, 'mechanism', 'UPR');
  expect(upr.constants).toEqual({ mechanism: 'UPR' });
  expect(mapConstant(upr, 'mechanism', '').constants).toEqual({});
});
