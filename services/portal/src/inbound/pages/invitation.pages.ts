import { Problem } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { Router, urlencoded, type Request, type Response } from 'express';
import { passwordFault } from '../../domain/account/password-rules';
import { perPlace } from '../../domain/account/throttle';
import { Passwords } from '../../outbound/passwords';
import { PortalAddresses } from '../../outbound/sign-in/portal-addresses';
import { RelyingParty } from '../../outbound/sign-in/relying-party';
import { Throttles } from '../../outbound/sign-in/throttles';
import { AcceptInvitation } from '../../usecases/accept-invitation';
import { html } from './html';
import { faultNote, field, hidden, newPasswordFields } from './page';
import { SignInPages } from './sign-in.pages';
import { takenFault } from './taken';
import { Visit } from './visit';

/** The page behind the link of an invitation. Opening it changes nothing: scanners of mail open links too. */
@Injectable()
export class InvitationPages {
  constructor(
    private readonly invitations: AcceptInvitation,
    private readonly passwords: Passwords,
    private readonly party: RelyingParty,
    private readonly signIn: SignInPages,
    private readonly throttles: Throttles,
    private readonly addresses: PortalAddresses,
  ) {}

  routes(): Router {
    const router = Router();
    router.get('/invitation', (request, response) => this.ask(request, response));
    router.post('/invitation', urlencoded({ extended: false, limit: '20kb' }), (request, response) =>
      this.answer(request, response),
    );
    return router;
  }

  private async ask(request: Request, response: Response): Promise<void> {
    const token = new Visit(request, response, this.addresses.secure).query('token');
    const { visit, invitation } = await this.opened(request, response, token);
    this.show(visit, invitation, token, 200, invitation.name, null);
  }

  private async answer(request: Request, response: Response): Promise<void> {
    const token = new Visit(request, response, this.addresses.secure).field('token');
    const { visit, invitation } = await this.opened(request, response, token);
    const name = visit.field('name').trim();
    const timeZone = visit.field('timeZone');
    if (!name) return this.show(visit, invitation, token, 422, name, visit.fault('name'));
    if (this.party.outer) {
      return this.signIn.send(visit, '/', {
        kind: 'invitation',
        secret: token,
        name,
        organisation: '',
        timeZone,
      });
    }
    const password = visit.field('password');
    const fault =
      password === visit.field('passwordAgain')
        ? passwordFault(password, invitation.address)
        : 'not-the-same';
    if (fault) return this.show(visit, invitation, token, 422, name, visit.fault(fault));
    const hash = await this.passwords.hash(password);
    try {
      const member = await this.invitations.accept(token, name, timeZone, { password: hash });
      await this.signIn.enter(request, response, member.id, '/');
    } catch (error) {
      this.show(visit, invitation, token, 422, name, visit.fault(takenFault(error)));
    }
  }

  private async opened(request: Request, response: Response, token: string) {
    const origin = { rule: perPlace, key: request.ip ?? 'unknown' };
    await this.throttles.pass(origin);
    const invitation = token ? await this.invitations.open(token) : null;
    if (!invitation) {
      await this.throttles.failed(origin);
      throw new Problem(
        'forbidden',
        'invitation-over',
        'This invitation has been used, withdrawn or is too old.',
      );
    }
    return { visit: new Visit(request, response, this.addresses.secure, [invitation.locale]), invitation };
  }

  private show(
    visit: Visit,
    invitation: { address: string; organisation: string },
    token: string,
    status: number,
    name: string,
    fault: string | null,
  ): void {
    const { texts } = visit;
    const { address, organisation } = invitation;
    const body = html`<p>
        ${visit.say(this.party.outer ? 'invitationOuter' : 'invitationText', { address })}
      </p>
      ${faultNote(fault)}
      <form method="post" action="/invitation">
        ${hidden('token', token)} ${hidden('timeZone', '')}
        ${field({ name: 'name', label: texts.yourName, autocomplete: 'name', value: name })}
        ${this.party.outer ? null : newPasswordFields(texts, visit.say('passwordRule'))}
        <button type="submit">${this.party.outer ? texts.signInWith : texts.join}</button>
      </form>`;
    visit.show(
      status,
      visit.say('invitationTitle', { organisation }),
      body,
      `/invitation?${new URLSearchParams({ token }).toString()}`,
    );
  }
}
