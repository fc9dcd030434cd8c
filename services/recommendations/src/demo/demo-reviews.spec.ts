import { findStateByCode, isDemoState, isSdg, knownGroups, knownThemes } from '@followthrough/vocabulary';
import { demoReviews } from './demo-reviews';

const reviews = demoReviews(new Date('2026-11-24'));
const statements = reviews.flatMap((review) => review.statements);

describe('the demonstration data', () => {
  it('is two reviews of one invented State with some 120 recommendations', () => {
    expect(reviews.map((review) => review.document.cycle)).toEqual([3, 4]);
    expect(statements.length).toBeGreaterThanOrEqual(115);
    expect(statements.every((said) => isDemoState(said.stateUnderReview!.code!))).toBe(true);
    expect(new Set(statements.map((said) => `${said.symbol} ${said.paragraph}`)).size).toBe(
      statements.length,
    );
  });

  it('uses codes that the vocabulary knows', () => {
    const themes = new Set(knownThemes.map((theme) => theme.id));
    const groups = new Set(knownGroups.map((group) => group.id));
    for (const said of statements) {
      expect(said.themes!.filter((theme) => !themes.has(theme))).toEqual([]);
      expect((said.groups ?? []).filter((group) => !groups.has(group))).toEqual([]);
      expect((said.sdgs ?? []).filter((sdg) => !isSdg(sdg))).toEqual([]);
      expect(said.recommendingStates!.filter((state) => !findStateByCode(state.code!))).toEqual([]);
    }
  });

  it('shows every position, translations into French and Arabic, and internal fields', () => {
    const positions = new Set(statements.map((said) => said.position ?? ''));
    expect([...positions].sort()).toEqual(['', 'noted', 'partly', 'pending', 'supported', 'unclear']);
    expect(
      statements.filter((said) => said.translations!.fr && said.translations!.ar).length,
    ).toBeGreaterThanOrEqual(30);
    expect(statements.filter((said) => said.leadInstitution && said.deadline).length).toBeGreaterThan(40);
  });

  it('has a latest review that is news at any time', () => {
    const [earlier, latest] = demoReviews(new Date('2025-03-01'));
    expect(latest!.statements[0]!.date! > '2024-03-01').toBe(true);
    expect(earlier!.document.cycle).toBe(3);
  });
});
