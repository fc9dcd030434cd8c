import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from '../problem';
import { ACCESS_RULE, type AccessRule, type RequestWithCaller } from './decorators';
import { TokenVerifier } from './token';

/** Denies by default: a route without a rule is refused, whoever asks. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokenVerifier,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<RequestWithCaller>();
    const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    request.caller = token ? await this.tokens.verify(token) : null;
    if (!access) throw new Problem('forbidden', 'not-allowed', 'You may not do this.');
    if (access.rule === 'public') return true;
    if (!request.caller) throw new Problem('unauthenticated', 'sign-in-needed', 'Sign in to do this.');
    if (access.rule === 'permission' && !request.caller.can(access.permission)) {
      throw new Problem(
        'forbidden',
        'not-allowed',
        `You may not do this: it needs the permission ${access.permission}.`,
        {
          permission: access.permission,
        },
      );
    }
    return true;
  }
}
