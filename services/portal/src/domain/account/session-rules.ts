/** A session ends after so long without a request. */
export const SESSION_IDLE_MINUTES = 4 * 60;
/** A session ends after so long in any case. */
export const SESSION_HOURS = 24;
/** Life of an access token; also how long a removed right may still be used. */
export const ACCESS_TOKEN_SECONDS = 5 * 60;
/** Life of the proof that an address belongs to a member, which the page hands to notifications. */
export const ATTESTATION_SECONDS = 10 * 60;
/** Life of the one-time link that makes the first administrator. */
export const SETUP_LINK_HOURS = 24;
export const INVITATION_DAYS = 14;
export const PASSWORD_RESET_MINUTES = 60;
