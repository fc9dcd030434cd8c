import { standingOf, type Course } from './standing';

const course = (given: Partial<Course>): Course => ({
  state: 'in-progress',
  startOn: '2026-01-01',
  dueOn: '2027-12-31',
  heardOn: '2026-06-01',
  ...given,
});

describe('how an action stands on 1 July 2026', () => {
  it.each<[string, Partial<Course>]>([
    ['on-time', {}],
    ['on-time', { dueOn: '2026-07-01' }],
    ['overdue', { dueOn: '2026-06-30' }],
    ['overdue', { dueOn: '2026-06-30', state: 'agreed' }],
    ['overdue', { dueOn: '2026-06-30', state: 'blocked' }],
    ['done', { dueOn: '2026-06-30', state: 'completed-claimed' }],
    ['done', { dueOn: '2026-06-30', state: 'verified' }],
    ['dropped', { dueOn: '2026-06-30', state: 'dropped' }],
    ['not-agreed', { dueOn: '2026-06-30', state: 'proposed' }],
    ['at-risk', { state: 'blocked' }],
    ['at-risk', { state: 'disputed' }],
    ['at-risk', { state: 'agreed', startOn: '2026-06-30' }],
    ['on-time', { state: 'agreed', startOn: '2026-07-02' }],
    ['at-risk', { state: 'agreed', startOn: null, dueOn: '2026-09-29' }],
    ['on-time', { state: 'agreed', startOn: null, dueOn: '2026-09-30' }],
    ['on-time', { state: 'agreed', startOn: null, dueOn: null, heardOn: null }],
    ['at-risk', { heardOn: '2025-12-29' }],
    ['on-time', { heardOn: '2025-12-30' }],
  ])('is %s for %j', (standing, given) => {
    expect(standingOf(course(given), '2026-07-01')).toBe(standing);
  });
});
