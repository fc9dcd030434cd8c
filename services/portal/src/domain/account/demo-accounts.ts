/** The invented State of the demonstration data: Tamaria, user-assigned in ISO 3166-1. */
export const DEMO_STATE = 'XTM';

/** Who one can be while the demonstration data is loaded. */
export const demoAccounts = [
  {
    part: 'coordinator',
    address: 'coordinator@demo.invalid',
    name: 'Amina Orel',
    organisation: 'Tamaria: Interministerial Committee on Human Rights',
    organisationClass: 'government',
    roles: ['coordinator'],
  },
  {
    part: 'focal-point',
    address: 'focal-point@demo.invalid',
    name: 'Teodor Vash',
    organisation: 'Tamaria: Ministry of Justice',
    organisationClass: 'government',
    roles: ['focal-point'],
  },
  {
    part: 'nhri',
    address: 'nhri@demo.invalid',
    name: 'Salma Idrin',
    organisation: 'Tamaria: National Human Rights Commission',
    organisationClass: 'nhri',
    roles: ['validator'],
  },
  {
    part: 'cso',
    address: 'cso@demo.invalid',
    name: 'Jonas Kell',
    organisation: 'Tamaria: Coalition for Equal Rights',
    organisationClass: 'cso',
    roles: ['contributor'],
  },
  {
    part: 'donor',
    address: 'donor@demo.invalid',
    name: 'Ingrid Solheim',
    organisation: 'Northern Fund for Development',
    organisationClass: 'donor',
    roles: ['contributor'],
  },
] as const;
