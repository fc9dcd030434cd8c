import { organisationClasses, roles } from '@followthrough/service-kit';
import { z } from 'zod';

const state = z
  .string()
  .regex(/^(\*|[A-Z]{3})$/, 'a State is its ISO 3166-1 alpha-3 code, such as SVN, or * for all');

/** Parts of request bodies about the directory. */
export const name = z.string().trim().min(1).max(200);
export const states = z.array(state).min(1).max(300);
export const roleList = z.array(z.enum(roles)).min(1);
export const organisationClass = z.enum(organisationClasses);
