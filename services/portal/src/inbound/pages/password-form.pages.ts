import { Problem } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { Router, urlencoded, type Request, type Response } from 'express';
import { demoAccounts } from '../../domain/account/demo-accounts';
import { Accounts } from '../../outbound/directory/accounts';
import { Demo } from '../../outbound/directory/demo';
import { Secrets } from '../../outbound/secrets';
import { BuiltInProvider, type SignInRequest } from '../../outbound/sign-in/built-in-provider';
import { PortalAddresses } from '../../outbound/sign-in/portal-addresses';
import { CheckPassword } from '../../usecases/check-password';
import { html, type Html } from './html';
import { faultNote, field, hidden } from './page';
import { Visit } from './visit';

const PURPOSE = 'sign-in form';

/** The built-in provider's question: who are you? */
@Injectable()
export class PasswordFormPages {
  constructor(
    private readonly provider: BuiltInProvider,
    private readonly passwords: CheckPassword,
    private readonly accounts: Accounts,
    private readonly demo: Demo,
    private readonly secrets: Secrets,
    private readonly addresses: PortalAddresses,
  ) {}

  routes(): Router {
    const router = Router();
    router.get('/sign-in/form/:uid', (request, response) => this.ask(request, response));
    router.post('/sign-in/form/:uid', urlencoded({ extended: false, limit: '20kb' }), (request, response) =>
      this.answer(request, response),
    );
    return router;
  }

  private async ask(request: Request, response: Response): Promise<void> {
    const { visit, asked } = await this.visit(request, response);
    await this.show(visit, asked, 200, asked.address, null);
  }

  private async answer(request: Request, response: Response): Promise<void> {
    const { visit, asked } = await this.visit(request, response);
    if (!this.secrets.isMark(PURPOSE, asked.uid, visit.field('csrf'))) {
      throw new Problem('forbidden', 'elsewhere', 'The form lacks the token of this sign-in.');
    }
    const address = visit.field('email').trim();
    try {
      const memberId = await this.passwords.check(address, visit.field('password'), visit.place);
      if (memberId) return await this.provider.finish(request, response, memberId);
      await this.show(visit, asked, 401, address, visit.fault('wrong'));
    } catch (error) {
      if (!(error instanceof Problem) || error.kind !== 'rate-limited') throw error;
      const seconds = Number(error.extra.retryAfter);
      response.set('retry-after', String(seconds));
      await this.show(visit, asked, 429, address, visit.fault('rate-limited', { seconds }));
    }
  }

  private async visit(request: Request, response: Response): Promise<{ visit: Visit; asked: SignInRequest }> {
    const asked = await this.provider.requestOf(request, response);
    if (!asked || asked.uid !== request.params.uid) {
      throw new Problem(
        'invalid',
        'sign-in-failed',
        'The sign-in took too long or was begun elsewhere: start again.',
      );
    }
    return { visit: new Visit(request, response, this.addresses.secure, asked.locales), asked };
  }

  private async show(
    visit: Visit,
    asked: SignInRequest,
    status: number,
    address: string,
    fault: string | null,
  ) {
    const { texts } = visit;
    const here = `/sign-in/form/${asked.uid}`;
    const csrf = hidden('csrf', this.secrets.mark(PURPOSE, asked.uid));
    const body = html`${faultNote(fault)}
      ${(await this.accounts.any()) ? null : html`<p class="note">${texts.emptyText}</p>`}
      <form method="post" action="${here}">
        ${csrf}
        ${field({ name: 'email', label: texts.email, type: 'email', autocomplete: 'username', value: address })}
        ${field({ name: 'password', label: texts.password, type: 'password', autocomplete: 'current-password' })}
        <button type="submit">${texts.signIn}</button>
      </form>
      <p><a href="/password/forgot">${texts.forgot}</a></p>
      ${await this.demoChoices(visit, here, csrf)}`;
    visit.show(status, texts.signIn, body, here);
  }

  /** One click into each demo account, where nobody but this machine can see the page. */
  private async demoChoices(visit: Visit, here: string, csrf: Html): Promise<Html | null> {
    const password = this.addresses.loopback ? (await this.demo.loaded())?.password : null;
    if (!password) return null;
    const { texts } = visit;
    const choices = demoAccounts.map(({ address, name, part }) => {
      const role = texts[`part.${part}`];
      return html`<form method="post" action="${here}">
        ${csrf} ${hidden('email', address)} ${hidden('password', password)}
        <button type="submit">${visit.say('demoAs', { name, role })}</button>
      </form>`;
    });
    return html`<section>
      <h2>${texts.demoTitle}</h2>
      <p class="note">${visit.say('demoText', { password })}</p>
      <div class="choices">${choices}</div>
    </section>`;
  }
}
