import {
  Caller,
  CONFIG,
  Problem,
  Public,
  SignedIn,
  type CallerIdentity,
  type RuntimeConfig,
} from '@followthrough/service-kit';
import { Controller, Get, Header, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Accounts } from '../outbound/directory/accounts';
import { Demo } from '../outbound/directory/demo';
import { AccessTokens } from '../outbound/sign-in/access-tokens';
import { RecommendationIndex } from '../outbound/view/recommendation-index';
import { browserSessionOf } from './forwarder';

const NAME = 'Followthrough';

@Controller('session')
export class SessionController {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<RuntimeConfig, 'smtpUrl'>,
    private readonly accounts: Accounts,
    private readonly demo: Demo,
    private readonly tokens: AccessTokens,
    private readonly index: RecommendationIndex,
  ) {}

  /** Who sits in front of the browser, the token that each of its writes must show, and what instance this is. */
  @Get()
  @Header('cache-control', 'no-store')
  @Public()
  async session(@Req() request: Request, @Caller() caller: CallerIdentity | null) {
    const browser = browserSessionOf(request);
    const member = browser && {
      id: browser.member.id,
      name: browser.member.name,
      organisation: browser.member.organisation.name,
      organisationId: browser.member.organisation.id,
      organisationClass: browser.member.organisation.class,
      roles: browser.member.roles,
      states: browser.member.states,
      permissions: caller?.allPermissions() ?? [],
    };
    return { member, csrfToken: browser?.csrfToken ?? '', instance: await this.instance() };
  }

  /**
   * A proof, good for ten minutes, that the caller's sign-in address is theirs: for the page to hand to
   * notifications, which then need not verify it by mail.
   */
  @Post('address-attestation')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @SignedIn()
  async attest(@Caller() caller: CallerIdentity) {
    const address = caller.kind === 'member' ? await this.accounts.verifiedAddress(caller.id) : null;
    if (!address)
      throw new Problem('not-found', 'no-verified-address', 'No address of yours has been verified here.');
    return { address, attestation: await this.tokens.attestation(caller.id, address) };
  }

  private async instance() {
    const [administrator, demo, size] = await Promise.all([
      this.accounts.anyAdministrator(),
      this.demo.loaded(),
      this.index.size(),
    ]);
    return {
      name: NAME,
      empty: size === 0,
      demo: demo !== null,
      needsSetup: !administrator,
      mailbox: this.config.smtpUrl === null,
    };
  }
}
