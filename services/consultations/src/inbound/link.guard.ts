import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { SignInByLink, type LinkSession } from '../usecases/sign-in-by-link';
import { linkSecret } from './link-cookie';

const sessions = new WeakMap<Request, LinkSession>();

/** Lets in who signed in by a link, before anything else of the request is looked at. Throws Problem `unauthenticated`. */
@Injectable()
export class LinkGuard implements CanActivate {
  constructor(private readonly signIn: SignInByLink) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    sessions.set(request, await this.signIn.session(linkSecret(request)));
    return true;
  }
}

/** The session that the guard has found. */
export function linkSession(request: Request): LinkSession {
  return sessions.get(request)!;
}
