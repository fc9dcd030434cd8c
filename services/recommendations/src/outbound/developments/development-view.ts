import type { DevelopmentRow } from './development-rows';

/** A development as the API shows it: who wrote it is the organisation; the person stays inside the service. */
export function developmentView(row: DevelopmentRow) {
  const { told: _, writtenBy: __, ...shown } = row;
  if (row.state !== 'withdrawn' || row.publishedAt === null) return shown;
  // Withdrawn from the public: that it was there and why it went, not what it said.
  return { ...shown, title: '', text: '', link: '' };
}
