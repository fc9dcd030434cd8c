import type { OrganisationClass } from '@followthrough/service-kit';

/** Who speaks, as figures name it: "38 reported by ministries, 21 confirmed by the NHRI". */
export const voices = ['state', 'nhri', 'civil-society', 'un'] as const;
export type Voice = (typeof voices)[number];

/** The voice of an organisation, or null for one that gives no verdict: another State's embassy, a donor. */
export function voiceOf(organisationClass: OrganisationClass): Voice | null {
  switch (organisationClass) {
    case 'government':
    case 'parliament':
      return 'state';
    case 'nhri':
      return 'nhri';
    case 'cso':
    case 'academia':
      return 'civil-society';
    case 'un':
      return 'un';
    case 'embassy':
    case 'donor':
    case 'other':
      return null;
  }
}
