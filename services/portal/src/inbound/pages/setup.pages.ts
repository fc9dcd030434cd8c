import { mailAddress, sameMailboxKey } from '@followthrough/mail';
import { organisationClasses, Problem, type OrganisationClass } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { Router, urlencoded, type Request, type Response } from 'express';
import { passwordFault } from '../../domain/account/password-rules';
import { perPlace } from '../../domain/account/throttle';
import { SetupLinks } from '../../outbound/directory/setup-link';
import { Passwords } from '../../outbound/passwords';
import { PortalAddresses } from '../../outbound/sign-in/portal-addresses';
import { RelyingParty } from '../../outbound/sign-in/relying-party';
import { Throttles } from '../../outbound/sign-in/throttles';
import { MakeAdministrator } from '../../usecases/make-administrator';
import { html } from './html';
import { faultNote, field, hidden, newPasswordFields } from './page';
import { SignInPages } from './sign-in.pages';
import { takenFault } from './taken';
import { Visit } from './visit';

/** The page behind the one-time link of the first start. */
@Injectable()
export class SetupPages {
  constructor(
    private readonly links: SetupLinks,
    private readonly administrators: MakeAdministrator,
    private readonly passwords: Passwords,
    private readonly party: RelyingParty,
    private readonly signIn: SignInPages,
    private readonly throttles: Throttles,
    private readonly addresses: PortalAddresses,
  ) {}

  routes(): Router {
    const router = Router();
    router.get('/setup', (request, response) => this.ask(request, response));
    router.post('/setup', urlencoded({ extended: false, limit: '20kb' }), (request, response) =>
      this.answer(request, response),
    );
    return router;
  }

  private async ask(request: Request, response: Response): Promise<void> {
    const visit = new Visit(request, response, this.addresses.secure);
    await this.mustBeValid(visit, visit.query('token'));
    this.show(visit, visit.query('token'), 200, null);
  }

  private async answer(request: Request, response: Response): Promise<void> {
    const visit = new Visit(request, response, this.addresses.secure);
    const token = visit.field('token');
    await this.mustBeValid(visit, token);
    const fault = this.faultOf(visit);
    if (fault) return this.show(visit, token, 422, visit.fault(fault));
    const name = visit.field('name').trim();
    const organisation = visit.field('organisation').trim();
    const timeZone = visit.field('timeZone');
    if (this.party.outer) {
      return this.signIn.send(visit, '/', { kind: 'setup', secret: token, name, organisation, timeZone });
    }
    const password = await this.passwords.hash(visit.field('password'));
    const address = mailAddress(visit.field('email').trim())!;
    try {
      const member = await this.administrators.make(
        token,
        { name, organisation, organisationClass: classOf(visit), locale: visit.locale, timeZone },
        { address, verified: false, password },
      );
      await this.signIn.enter(request, response, member.id, '/');
    } catch (error) {
      this.show(visit, token, 422, visit.fault(takenFault(error)));
    }
  }

  private async mustBeValid(visit: Visit, token: string): Promise<void> {
    const origin = { rule: perPlace, key: visit.place };
    await this.throttles.pass(origin);
    if (token && (await this.links.isValid(token))) return;
    await this.throttles.failed(origin);
    throw new Problem('forbidden', 'setup-link-spent', 'This link has been used or is too old.');
  }

  private faultOf(visit: Visit): string | null {
    if (!visit.field('name').trim()) return 'name';
    if (!visit.field('organisation').trim()) return 'organisation';
    if (this.party.outer) return null;
    const address = mailAddress(visit.field('email').trim());
    if (!address) return 'address';
    if (visit.field('password') !== visit.field('passwordAgain')) return 'not-the-same';
    return passwordFault(visit.field('password'), sameMailboxKey(address));
  }

  private show(visit: Visit, token: string, status: number, fault: string | null): void {
    const { texts } = visit;
    const chosen = classOf(visit);
    const options = organisationClasses.map(
      (one) =>
        html`<option value="${one}" ${one === chosen ? html`selected` : null}>
          ${texts[`class.${one}`]}
        </option>`,
    );
    const own = html`${field({ name: 'email', label: texts.email, type: 'email', autocomplete: 'username', value: visit.field('email') })}
    ${newPasswordFields(texts, visit.say('passwordRule'))}`;
    const body = html`<p>${texts.setupText}</p>
      ${faultNote(fault)}
      <form method="post" action="/setup">
        ${hidden('token', token)} ${hidden('timeZone', '')}
        ${field({ name: 'name', label: texts.yourName, autocomplete: 'name', value: visit.field('name') })}
        ${field({ name: 'organisation', label: texts.organisation, autocomplete: 'organization', value: visit.field('organisation') })}
        <label for="organisationClass">${texts.organisationClass}</label>
        <select id="organisationClass" name="organisationClass">
          ${options}
        </select>
        ${this.party.outer ? null : own}
        <button type="submit">${this.party.outer ? texts.signInWith : texts.setupDo}</button>
      </form>`;
    visit.show(status, texts.setupTitle, body, `/setup?${new URLSearchParams({ token }).toString()}`);
  }
}

function classOf(visit: Visit): OrganisationClass {
  return organisationClasses.find((one) => one === visit.field('organisationClass')) ?? 'government';
}
