import { staysHere } from './relying-party';

it.each([
  ['http://localhost:8080/realms/a', true],
  ['http://id.localhost:8080/realms/a', true],
  ['http://id.localhost.example.org/realms/a', false],
  ['http://notlocalhost/realms/a', false],
  ['http://10.0.0.1:8080/realms/a', false],
])('%s stays on this machine: %s', (issuer, stays) => {
  expect(staysHere(new URL(issuer))).toBe(stays);
});
