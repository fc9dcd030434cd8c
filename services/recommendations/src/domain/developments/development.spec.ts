import {
  developmentStates,
  developmentSteps,
  seesDevelopment,
  takeDevelopment,
  type DevelopmentActor,
  type DevelopmentState,
  type DevelopmentStep,
} from './development';

const author: DevelopmentActor = { memberId: 'author', writesFor: ['ministry'], reviews: false };
const colleague: DevelopmentActor = { ...author, memberId: 'colleague' };
const reviewer: DevelopmentActor = { memberId: 'reviewer', writesFor: ['committee'], reviews: true };
const authorWhoReviews: DevelopmentActor = { ...author, reviews: true };
const stranger: DevelopmentActor = { memberId: 'stranger', writesFor: ['coalition'], reviews: false };
const actors = { author, colleague, reviewer, authorWhoReviews, stranger };
type Who = keyof typeof actors;

/** Every step that is allowed, with where it leads; whatever is not in it is refused. */
const allowed: [DevelopmentState, DevelopmentStep, Who[], DevelopmentState][] = [
  ['draft', 'edit', ['author', 'colleague', 'authorWhoReviews'], 'draft'],
  ['draft', 'submit', ['author', 'colleague', 'authorWhoReviews'], 'in-review'],
  ['draft', 'withdraw', ['author', 'colleague', 'authorWhoReviews'], 'withdrawn'],
  ['in-review', 'publish', ['reviewer'], 'published'],
  ['in-review', 'return', ['reviewer', 'authorWhoReviews'], 'returned'],
  ['in-review', 'withdraw', ['author', 'colleague', 'authorWhoReviews'], 'withdrawn'],
  ['returned', 'edit', ['author', 'colleague', 'authorWhoReviews'], 'returned'],
  ['returned', 'submit', ['author', 'colleague', 'authorWhoReviews'], 'in-review'],
  ['returned', 'withdraw', ['author', 'colleague', 'authorWhoReviews'], 'withdrawn'],
  ['published', 'withdraw', ['author', 'colleague', 'authorWhoReviews', 'reviewer'], 'withdrawn'],
];

const standing = (state: DevelopmentState) => ({ state, organisationId: 'ministry', writtenBy: 'author' });

const everything = developmentStates.flatMap((state) =>
  developmentSteps.flatMap((step) => (Object.keys(actors) as Who[]).map((who) => ({ state, step, who }))),
);

describe('the steps of a development', () => {
  it.each(everything)('$step from $state by $who', ({ state, step, who }) => {
    const row = allowed.find(([from, what, by]) => from === state && what === step && by.includes(who));
    const taken = takeDevelopment(standing(state), step, actors[who], 'a reason');
    if (row) expect(taken).toEqual({ state: row[3] });
    else expect(taken).toHaveProperty('refused');
  });

  it('needs a reason to return it, and to withdraw what was public', () => {
    const refused = { refused: expect.objectContaining({ slug: 'reason-missing' }) };
    expect(takeDevelopment(standing('in-review'), 'return', reviewer, ' ')).toEqual(refused);
    expect(takeDevelopment(standing('published'), 'withdraw', author)).toEqual(refused);
    expect(takeDevelopment(standing('draft'), 'withdraw', author)).toEqual({ state: 'withdrawn' });
  });

  it('comes to the public through the review of another person alone, whatever is tried in whatever order', () => {
    // Every sequence of six steps of any of the five, from a draft on.
    let frontier = [{ ...standing('draft'), reviewedByOther: false }];
    let reachedPublic = 0;
    for (let length = 0; length < 6; length += 1) {
      const next = new Map<string, (typeof frontier)[number]>();
      for (const at of frontier) {
        for (const step of developmentSteps) {
          for (const actor of Object.values(actors)) {
            const taken = takeDevelopment(at, step, actor, 'a reason');
            if ('refused' in taken) continue;
            const reviewedByOther =
              step === 'publish' ? actor.reviews && actor.memberId !== at.writtenBy : at.reviewedByOther;
            const writtenBy = step === 'edit' ? actor.memberId : at.writtenBy;
            if (taken.state === 'published') {
              reachedPublic += 1;
              expect(reviewedByOther).toBe(true);
            }
            const then = { ...at, state: taken.state, writtenBy, reviewedByOther };
            next.set(JSON.stringify(then), then);
          }
        }
      }
      frontier = [...next.values()];
    }
    expect(reachedPublic).toBeGreaterThan(0);
    expect(frontier.every(({ state }) => developmentStates.includes(state))).toBe(true);
  });
});

describe('who sees a development', () => {
  const seen = (state: DevelopmentState, wasPublic = false) =>
    Object.entries({ ...actors, nobody: null })
      .filter(([, actor]) => seesDevelopment({ ...standing(state), wasPublic }, actor))
      .map(([who]) => who);
  const organisation = ['author', 'colleague', 'authorWhoReviews'];

  it('is its organisation alone while it is a draft or returned, reviewers too while in review', () => {
    expect(seen('draft')).toEqual(organisation);
    expect(seen('returned')).toEqual(organisation);
    expect(seen('withdrawn')).toEqual(organisation);
    expect(seen('in-review')).toEqual(['author', 'colleague', 'reviewer', 'authorWhoReviews']);
  });

  it('is everybody once it was public', () => {
    expect(seen('published', true)).toContain('nobody');
    expect(seen('withdrawn', true)).toContain('nobody');
  });
});
