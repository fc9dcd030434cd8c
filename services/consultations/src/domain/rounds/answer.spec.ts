import { unchanged, written } from './answer';
import { StepRefused } from './refused';

describe('an answer', () => {
  it.each(['completed', 'discontinued'] as const)('that says %s says something about it', (status) => {
    expect(() => written({ status, text: '  ', links: [] })).toThrow(StepRefused);
    expect(written({ status, text: ' Law adopted ', links: [] }).text).toBe('Law adopted');
  });

  it.each(['not-started', 'under-way'] as const)('that says %s may stand alone', (status) => {
    expect(written({ status, text: '', links: [] })).toEqual({
      status,
      text: '',
      links: [],
      unchanged: false,
    });
  });

  it('of no change says again what was last released', () => {
    const last = {
      status: 'under-way' as const,
      text: 'A draft',
      links: [{ url: 'https://a.org/', label: '' }],
    };
    expect(unchanged(last)).toEqual({ ...last, unchanged: true });
    expect(() => unchanged(null)).toThrow(StepRefused);
  });
});
