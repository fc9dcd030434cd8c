import { AddressVault } from '@followthrough/mail';

/** What consultations keep sealed: addresses of institutions and of colleagues, and the links sent to them. */
export class Vault extends AddressVault<'round-task'> {
  constructor(instanceSecret: Buffer) {
    super(instanceSecret, 'consultations', ['round-task']);
  }
}
