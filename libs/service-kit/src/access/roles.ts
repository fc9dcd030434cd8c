/** What a member may be within an organisation and one or more States under review. */
export const roles = [
  'administrator',
  'coordinator',
  'focal-point',
  'validator',
  'contributor',
  'observer',
  'auditor',
] as const;
export type Role = (typeof roles)[number];

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
export type OrganisationClass = (typeof organisationClasses)[number];

/** What a route may ask for. Nothing is allowed that no role below grants. */
export const permissions = [
  'imports.read',
  'imports.write',
  'recommendations.internal.read',
  'recommendations.internal.write',
  'rounds.read',
  'rounds.write',
  'rounds.release',
  'roadmaps.drafts.read',
  'roadmaps.write',
  'roadmaps.adopt',
  'consultations.read',
  'consultations.write',
  'submissions.write',
  'developments.write',
  'developments.review',
  'assessments.write',
  'assessments.answer',
  'directory.read',
  'directory.write',
  'audit.read',
  'operations',
] as const;
export type Permission = (typeof permissions)[number];

const granted: Record<Role, readonly Permission[]> = {
  administrator: permissions,
  coordinator: [
    'imports.read',
    'imports.write',
    'recommendations.internal.read',
    'recommendations.internal.write',
    'rounds.read',
    'rounds.write',
    'rounds.release',
    'roadmaps.drafts.read',
    'roadmaps.write',
    'roadmaps.adopt',
    'consultations.read',
    'consultations.write',
    'submissions.write',
    'developments.write',
    'developments.review',
    'assessments.write',
    'assessments.answer',
    'directory.read',
  ],
  'focal-point': [
    'imports.read',
    'recommendations.internal.read',
    'recommendations.internal.write',
    'rounds.read',
    'roadmaps.drafts.read',
    'roadmaps.write',
    'consultations.read',
    'submissions.write',
    'developments.write',
    'assessments.write',
  ],
  validator: [
    'recommendations.internal.read',
    'recommendations.internal.write',
    'rounds.read',
    'rounds.release',
    'roadmaps.drafts.read',
    'roadmaps.adopt',
    'consultations.read',
    'developments.write',
    'developments.review',
    'assessments.write',
  ],
  contributor: ['submissions.write', 'developments.write', 'assessments.write'],
  observer: ['recommendations.internal.read', 'roadmaps.drafts.read'],
  auditor: [
    'imports.read',
    'recommendations.internal.read',
    'rounds.read',
    'roadmaps.drafts.read',
    'consultations.read',
    'directory.read',
    'audit.read',
  ],
};

/**
 * Classes of organisations whose members may do what is named here; what is not named depends on the role alone. A
 * verdict is given by those who speak for the State, the NHRI, civil society or the UN; what a State's followers are
 * told is decided by neither another State nor a donor, and the State alone answers for itself.
 */
const classesFor: Partial<Record<Permission, readonly OrganisationClass[]>> = {
  'developments.review': ['government', 'parliament', 'nhri', 'un', 'other'],
  'assessments.write': ['government', 'parliament', 'nhri', 'cso', 'un', 'academia'],
  'assessments.answer': ['government'],
};

export function grants(role: Role, permission: Permission, organisationClass: OrganisationClass): boolean {
  const classes = classesFor[permission];
  return granted[role].includes(permission) && (classes === undefined || classes.includes(organisationClass));
}
