/** Who speaks, as figures name it: "38 reported by ministries, 21 confirmed by the NHRI". */
export type Voice = 'state' | 'nhri' | 'civil-society' | 'un';

const voices: Record<string, Voice> = {
  government: 'state',
  parliament: 'state',
  nhri: 'nhri',
  cso: 'civil-society',
  academia: 'civil-society',
  un: 'un',
};

/** The voice of a class of organisations, or null where it gives no verdict: another State's embassy, a donor. */
export const voiceOf = (organisationClass: string): Voice | null => voices[organisationClass] ?? null;
