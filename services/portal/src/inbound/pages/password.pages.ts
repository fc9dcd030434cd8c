import { Problem } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { Router, urlencoded, type Request, type Response } from 'express';
import { passwordFault } from '../../domain/account/password-rules';
import { perPlace } from '../../domain/account/throttle';
import { PortalAddresses } from '../../outbound/sign-in/portal-addresses';
import { RelyingParty } from '../../outbound/sign-in/relying-party';
import { Throttles } from '../../outbound/sign-in/throttles';
import { AskPasswordReset } from '../../usecases/ask-password-reset';
import { ResetPassword } from '../../usecases/reset-password';
import { html } from './html';
import { faultNote, field, hidden, newPasswordFields } from './page';
import { Visit } from './visit';

/** A forgotten password: ask for a link, use the link. Where the site has its own provider there is none to forget. */
@Injectable()
export class PasswordPages {
  constructor(
    private readonly asks: AskPasswordReset,
    private readonly resets: ResetPassword,
    private readonly party: RelyingParty,
    private readonly throttles: Throttles,
    private readonly addresses: PortalAddresses,
  ) {}

  routes(): Router {
    const router = Router();
    if (this.party.outer) return router;
    const form = urlencoded({ extended: false, limit: '20kb' });
    router.get('/password/forgot', (request, response) => this.showForgot(this.visit(request, response)));
    router.post('/password/forgot', form, (request, response) => this.forgot(request, response));
    router.get('/password/reset', async (request, response) => {
      const visit = this.visit(request, response);
      const token = visit.query('token');
      this.showReset(visit, token, await this.address(visit, token), 200, null);
    });
    router.post('/password/reset', form, (request, response) => this.reset(request, response));
    return router;
  }

  private async forgot(request: Request, response: Response): Promise<void> {
    const visit = this.visit(request, response);
    await this.asks.ask(visit.field('email'), visit.place);
    visit.show(200, visit.texts.forgotTitle, html`<p role="status">${visit.texts.forgotDone}</p>`, null);
  }

  private async reset(request: Request, response: Response): Promise<void> {
    const visit = this.visit(request, response);
    const token = visit.field('token');
    const address = await this.address(visit, token);
    const password = visit.field('password');
    const fault =
      password === visit.field('passwordAgain') ? passwordFault(password, address) : 'not-the-same';
    if (fault) return this.showReset(visit, token, address, 422, visit.fault(fault));
    await this.resets.set(token, password);
    const body = html`<p role="status">${visit.texts.resetDone}</p>
      <p><a class="button" href="/sign-in">${visit.texts.signIn}</a></p>`;
    visit.show(200, visit.texts.resetTitle, body, null);
  }

  private async address(visit: Visit, token: string): Promise<string> {
    const origin = { rule: perPlace, key: visit.place };
    await this.throttles.pass(origin);
    const address = token ? await this.resets.open(token) : null;
    if (address) return address;
    await this.throttles.failed(origin);
    throw new Problem(
      'forbidden',
      'reset-link-over',
      'This link has been used or is too old: ask for a new one.',
    );
  }

  private showForgot(visit: Visit): void {
    const { texts } = visit;
    const body = html`<p>${texts.forgotText}</p>
      <form method="post" action="/password/forgot">
        ${field({ name: 'email', label: texts.email, type: 'email', autocomplete: 'username' })}
        <button type="submit">${texts.forgotDo}</button>
      </form>`;
    visit.show(200, texts.forgotTitle, body, '/password/forgot');
  }

  private showReset(
    visit: Visit,
    token: string,
    address: string,
    status: number,
    fault: string | null,
  ): void {
    const { texts } = visit;
    const body = html`<p>${visit.say('resetText', { address })}</p>
      ${faultNote(fault)}
      <form method="post" action="/password/reset">
        ${hidden('token', token)} ${newPasswordFields(texts, visit.say('passwordRule'))}
        <button type="submit">${texts.resetDo}</button>
      </form>`;
    visit.show(
      status,
      texts.resetTitle,
      body,
      `/password/reset?${new URLSearchParams({ token }).toString()}`,
    );
  }

  private visit(request: Request, response: Response): Visit {
    return new Visit(request, response, this.addresses.secure);
  }
}
