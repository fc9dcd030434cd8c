import type { Answer, Ask } from './answers';
import { heldBy } from './portal-answers';
import type { Assessment, AssessmentWork, Development, DevelopmentWork, Said } from '../src/api/voices';

const verdict = (change: Partial<Assessment>): Assessment => ({
  assessmentId: 'as-1',
  organisationName: 'Tamaria: National Human Rights Commission',
  organisationClass: 'nhri',
  voice: 'nhri',
  edition: 2,
  verdict: 'limited',
  summary: 'The act was passed and two of nine offices have been opened.',
  language: 'en',
  method: 'Visits to four provinces and a request for figures.',
  evidence: [
    { title: 'Annual report', url: 'https://nhri.example/annual-report' },
    { title: 'Letter of the Ministry, kept by the Commission', url: '' },
  ],
  assessedOn: '2026-10-02',
  answers: [],
  ...change,
});

const assessments: Assessment[] = [
  verdict({
    answers: [
      {
        number: 1,
        edition: 2,
        text: 'Three further offices open in spring.',
        language: 'en',
        organisationName: 'Tamaria: Interministerial Committee on Human Rights',
        answeredOn: '2026-10-20',
      },
    ],
  }),
  verdict({
    assessmentId: 'as-2',
    organisationName: 'Tamaria: Ministry of Justice',
    organisationClass: 'government',
    voice: 'state',
    edition: 1,
    verdict: 'implemented',
    summary: 'The act is in force.',
    evidence: [],
    assessedOn: '2026-09-01',
  }),
  verdict({
    assessmentId: 'as-3',
    organisationName: 'ائتلاف المساواة في الحقوق',
    organisationClass: 'cso',
    voice: 'civil-society',
    edition: 1,
    verdict: 'none',
    summary: 'لم يُفتح أي مكتب خارج العاصمة.',
    language: 'ar',
    method: '',
    evidence: [],
    assessedOn: '2026-10-11',
  }),
];

const developments: Development[] = [
  {
    developmentId: 'de-2',
    recommendationIds: ['one', 'two', 'three'],
    kind: 'law',
    happenedOn: '2026-08-14',
    title: 'Act on legal aid adopted at third reading',
    text: 'In force from the first day of next year.',
    language: 'en',
    link: 'https://parliament.example/acts/2026/41',
    organisationName: 'Tamaria: Ministry of Justice',
  },
  {
    developmentId: 'de-1',
    recommendationIds: ['one'],
    kind: 'budget',
    happenedOn: '2026-03-02',
    title: 'Money for nine offices',
    text: '',
    language: 'en',
    link: 'https://finance.example/budget/2026',
    organisationName: 'Tamaria: Ministry of Justice',
  },
];

const waiting: DevelopmentWork = {
  id: 'de-3',
  version: 1,
  state: 'in-review',
  kind: 'practice',
  happenedOn: '2026-11-03',
  title: 'First client served outside the capital',
  text: '',
  language: 'en',
  link: 'https://justice.example/news/12',
  reason: '',
};

const own: AssessmentWork = {
  id: 'as-2',
  state: 'published',
  work: {
    version: 2,
    verdict: 'implemented',
    summary: 'The act is in force.',
    language: 'en',
    method: 'By the official gazette.',
    evidence: [{ title: 'Gazette', url: 'https://gazette.example/41' }],
    assessedOn: '2026-09-01',
  },
};

/** What is said of a recommendation: of every second one nothing yet. */
export function saidAnswer(ask: Ask, id: string): Answer {
  const found = heldBy(ask).find((of) => of.id === id);
  const isSilent = !found || Number.parseInt(id.slice(-1), 16) % 2 === 1;
  const said: Said = {
    thread: [
      { step: 'recorded', state: 'reached', on: '2026-05-21', voices: [] },
      { step: 'position', state: found?.position === 'pending' ? 'open' : 'reached', on: '', voices: [] },
      { step: 'consulted', state: isSilent ? 'open' : 'skipped', on: '', voices: [] },
      { step: 'planned', state: isSilent ? 'open' : 'skipped', on: '', voices: [] },
      { step: 'funded', state: isSilent ? 'open' : 'reached', on: isSilent ? '' : '2026-03-02', voices: [] },
      {
        step: 'changed',
        state: isSilent ? 'open' : 'claimed',
        on: isSilent ? '' : '2026-09-01',
        voices: isSilent ? [] : ['state'],
      },
    ],
    developments: isSilent ? [] : developments,
    assessments: isSilent ? [] : assessments,
  };
  return { json: said };
}

export const developmentsAnswer = (ask: Ask): Answer =>
  ask.method === 'GET' ? { json: { developments: [waiting] } } : { json: waiting };

export const assessmentsAnswer = (ask: Ask): Answer =>
  ask.method === 'GET' ? { json: { assessments: [own] } } : { json: own };
