import { AddressVault } from '@followthrough/mail';

/** What a sealed link is for; a token for one is worthless for another. */
export type TokenPurpose = 'unsubscribe-all' | 'unsubscribe-one' | 'confirm-follow' | 'verify-address';
const PURPOSES: TokenPurpose[] = ['unsubscribe-all', 'unsubscribe-one', 'confirm-follow', 'verify-address'];

/** What notifications keep sealed. */
export class Vault extends AddressVault<TokenPurpose> {
  constructor(instanceSecret: Buffer) {
    super(instanceSecret, 'notifications', PURPOSES);
  }
}
