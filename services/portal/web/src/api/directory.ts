import { api } from './client';
import { upload } from './upload';

export const organisationClasses = [
  'government',
  'parliament',
  'nhri',
  'cso',
  'un',
  'embassy',
  'donor',
  'academia',
  'other',
] as const;
export const roles = [
  'coordinator',
  'focal-point',
  'validator',
  'contributor',
  'observer',
  'auditor',
  'administrator',
] as const;

export interface Organisation {
  id: string;
  name: string;
  class: string;
  /** alpha-3, or `*` */
  states: string[];
  demo?: boolean;
  members?: number;
}
export interface Member {
  id: string;
  name: string;
  email?: string | null;
  organisationId: string;
  roles: string[];
  states: string[];
  state?: 'active' | 'suspended';
  demo?: boolean;
}
export interface Invitation {
  id: string;
  email: string;
  name: string;
  organisationId: string;
  roles: string[];
  states: string[];
  state: 'sent' | 'expired' | 'bounced';
  expiresAt: string;
}
export interface NewInvitation {
  email: string;
  name: string;
  organisationId: string;
  roles: string[];
  states: string[];
  locale: string;
}
export interface ServiceAccount {
  id: string;
  name: string;
  roles: string[];
  states: string[];
  /** The one that `ft` on the machine itself uses. */
  operator?: boolean;
  createdAt: string;
  lastUsedAt: string | null;
}

/** What became of each row of a list of people to invite. */
export interface InvitedFromFile {
  invited: number;
  rejected: number;
  rows: { row: number; email: string; state: 'invited' | 'rejected'; reason: string; cure: string }[];
}

const root = 'portal/v1';

/** Who takes part; kept by the portal. */
export const directory = {
  organisations: () => api.get<{ organisations: Organisation[] }>(`${root}/organisations`),
  addOrganisation: (organisation: Omit<Organisation, 'id'>) =>
    api.post<Organisation>(`${root}/organisations`, organisation),
  changeOrganisation: (id: string, change: Partial<Organisation>) =>
    api.patch<Organisation>(`${root}/organisations/${id}`, change),
  members: () => api.get<{ members: Member[] }>(`${root}/members`),
  changeMember: (
    id: string,
    change: { roles?: string[]; states?: string[]; organisationId?: string; state?: string },
  ) => api.patch<Member>(`${root}/members/${id}`, change),
  eraseMember: (id: string) => api.remove<void>(`${root}/members/${id}`),
  invitations: () => api.get<{ invitations: Invitation[] }>(`${root}/invitations`),
  invite: (invitations: NewInvitation[]) =>
    api.post<{ invitations: Invitation[] }>(`${root}/invitations`, { invitations }),
  inviteFromFile: (file: File) =>
    upload<InvitedFromFile>(`${root}/invitations/from-file`, file, () => undefined),
  inviteAgain: (id: string) => api.post<Invitation>(`${root}/invitations/${id}/send-again`),
  revokeInvitation: (id: string) => api.remove<void>(`${root}/invitations/${id}`),
  serviceAccounts: () => api.get<{ serviceAccounts: ServiceAccount[] }>(`${root}/service-accounts`),
  addServiceAccount: (account: { name: string; roles: string[]; states: string[] }) =>
    api.post<ServiceAccount & { secret: string }>(`${root}/service-accounts`, account),
  removeServiceAccount: (id: string) => api.remove<void>(`${root}/service-accounts/${id}`),
};
