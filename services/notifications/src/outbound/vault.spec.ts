import { Vault } from './vault';

const vault = new Vault(Buffer.alloc(32, 1));
const other = new Vault(Buffer.alloc(32, 2));
const id = '3f0e8f0a-8a3c-4f0e-9d3b-0123456789ab';

describe('Vault', () => {
  it('gives back what it encrypted, differently each time, and nobody else does', () => {
    const sealed = vault.encrypt('reader@example.org');
    expect(vault.decrypt(sealed).toString()).toBe('reader@example.org');
    expect(vault.encrypt('reader@example.org').equals(sealed)).toBe(false);
    expect(sealed.includes('reader')).toBe(false);
    expect(() => other.decrypt(sealed)).toThrow();
    for (let at = 0; at < sealed.length; at++) {
      const bent = Buffer.from(sealed);
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect(() => vault.decrypt(bent)).toThrow();
    }
  });

  it('finds one mailbox under its spellings', () => {
    expect(vault.addressHmac('Reader@Example.org')).toEqual(vault.addressHmac('reader@example.org'));
    expect(vault.addressHmac('reader@example.org')).not.toEqual(other.addressHmac('reader@example.org'));
    expect(vault.usageHmac('a', 'x')).not.toEqual(vault.usageHmac('b', 'x'));
  });

  it('reads its own links and no others', () => {
    const token = vault.token('unsubscribe-one', id);
    expect(token).toMatch(/^[A-Za-z0-9_-]{44}$/);
    expect(vault.readToken(token)).toEqual({ purpose: 'unsubscribe-one', id });
    expect(other.readToken(token)).toBeNull();
    const body = Buffer.from(token, 'base64url');
    for (let at = 0; at < body.length; at++) {
      const bent = Buffer.from(body);
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect(vault.readToken(bent.toString('base64url'))).toBeNull();
    }
    for (const junk of ['', 'a', token.slice(1), `${token}a`, '../../etc/passwd', '\u0000'.repeat(44)]) {
      expect(vault.readToken(junk)).toBeNull();
    }
  });
});
