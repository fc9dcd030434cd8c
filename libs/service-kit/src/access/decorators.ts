import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Caller as CallerOf } from './caller';
import type { Permission } from './roles';

export type AccessRule =
  { rule: 'public' } | { rule: 'signed-in' } | { rule: 'permission'; permission: Permission };

export const ACCESS_RULE = 'followthrough:access';

/** Anyone may call this route; a caller who is signed in is still known. */
export const Public = () => SetMetadata(ACCESS_RULE, { rule: 'public' } satisfies AccessRule);

/** Anyone who is signed in. */
export const SignedIn = () => SetMetadata(ACCESS_RULE, { rule: 'signed-in' } satisfies AccessRule);

/** Callers who hold the permission in at least one State; the use case asks for which. */
export const Requires = (permission: Permission) =>
  SetMetadata(ACCESS_RULE, { rule: 'permission', permission } satisfies AccessRule);

export type RequestWithCaller = Request & { caller?: CallerOf | null };

/** The caller, or null on a public route without sign-in. */
export const Caller = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    context.switchToHttp().getRequest<RequestWithCaller>().caller ?? null,
);
