import { sameMailboxKey } from '@followthrough/mail';
import { Injectable } from '@nestjs/common';
import { perAddress, perPlace } from '../domain/account/throttle';
import { Accounts } from '../outbound/directory/accounts';
import { Passwords } from '../outbound/passwords';
import { Throttles } from '../outbound/sign-in/throttles';

/** Says who somebody is by address and password, slowly for those who guess. */
@Injectable()
export class CheckPassword {
  constructor(
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly throttles: Throttles,
  ) {}

  /**
   * @param place network address of the caller
   * @returns the member's id; null where address or password are wrong, without saying which
   * @throws Problem `rate-limited` after too many failures
   */
  async check(address: string, password: string, place: string): Promise<string | null> {
    const guess = { rule: perAddress, key: sameMailboxKey(address) };
    const origin = { rule: perPlace, key: place };
    await this.throttles.pass(guess, origin);
    const account = await this.accounts.byAddress(address);
    const right = await this.passwords.matches(password, account?.password ?? null);
    if (!account || !right) {
      await this.throttles.failed(guess, origin);
      return null;
    }
    await this.throttles.succeeded(guess);
    return account.id;
  }
}
