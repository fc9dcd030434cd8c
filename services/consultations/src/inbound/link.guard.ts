import { createParamDecorator, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { SignInByLink, type LinkSession } from '../usecases/sign-in-by-link';
import { linkSecret } from './link-cookie';

const SESSION = Symbol('link session');
type WithSession = Request & { [SESSION]?: LinkSession };

/** Lets only those in who signed in by a link; before anything else of the request is looked at. */
@Injectable()
export class LinkGuard implements CanActivate {
  constructor(private readonly signIn: SignInByLink) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<WithSession>();
    request[SESSION] = await this.signIn.session(linkSecret(request));
    return true;
  }
}

/** The session that {@link LinkGuard} found. */
export const ByLink = createParamDecorator(
  (_: unknown, context: ExecutionContext): LinkSession =>
    context.switchToHttp().getRequest<WithSession>()[SESSION]!,
);
