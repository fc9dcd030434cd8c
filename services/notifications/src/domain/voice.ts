/** What has happened to recommendations, or what an organisation says of one. */
export interface Voice {
  id: string;
  subject: 'development' | 'assessment';
  recommendationIds: string[];
  /** A development's kind, an assessment's verdict. */
  kind: string;
  /** ISO date on which it happened or was judged. */
  day: string;
  /** A development's title, an assessment's summary. */
  text: string;
  /** BCP 47 */
  language: string;
  organisationName: string;
  organisationClass: string;
}
