const HOUR = 60 * 60 * 1000;

/** How long a mail has a point, in milliseconds; how it is tried again is in `mailRetries`. */
export const mailExpiry = {
  digest: 72 * HOUR,
  correction: 72 * HOUR,
  'confirm-follow': 24 * HOUR,
  'verify-address': 24 * HOUR,
} as const;

export type Purpose = keyof typeof mailExpiry;
export const purposes = Object.keys(mailExpiry) as Purpose[];
