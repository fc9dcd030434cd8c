import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { sameMailboxKey } from './address';

const VERSION = 1;

/**
 * Keeps what a copy of a service's database must not give away: addresses (AES-256-GCM), what they are looked up by
 * (HMAC-SHA-256), and links that only we can have made. Each service and use has its own key, derived from the
 * instance's secret (HKDF, RFC 5869).
 */
export class AddressVault<Purpose extends string> {
  private readonly encryption: Buffer;
  private readonly lookup: Buffer;
  private readonly links: Buffer;

  /** @param purposes what sealed links are for, in an order that stays: new ones come last */
  constructor(
    instanceSecret: Buffer,
    service: string,
    private readonly purposes: readonly Purpose[],
  ) {
    const key = (use: string): Buffer =>
      Buffer.from(hkdfSync('sha256', instanceSecret, 'followthrough', `${service}/${use}`, 32));
    this.encryption = key('address-encryption');
    this.lookup = key('address-lookup');
    this.links = key('links');
  }

  encrypt(plain: string | Buffer): Buffer {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.encryption, iv);
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([Buffer.from([VERSION]), iv, cipher.getAuthTag(), body]);
  }

  /** @throws Error where the bytes were not made by `encrypt` under this instance's secret */
  decrypt(sealed: Buffer): Buffer {
    if (sealed[0] !== VERSION || sealed.length < 29)
      throw new Error('Stored bytes are not of this instance.');
    const decipher = createDecipheriv('aes-256-gcm', this.encryption, sealed.subarray(1, 13));
    decipher.setAuthTag(sealed.subarray(13, 29));
    return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]);
  }

  /** What an address is found by. */
  addressHmac(address: string): Buffer {
    return this.hmac('address', sameMailboxKey(address));
  }

  /** What a counted use (of an address, from an IP address) is found by. */
  usageHmac(what: string, who: string): Buffer {
    return this.hmac(`usage:${what}`, who);
  }

  /** A link's token: purpose, UUID and a 128-bit MAC. It never expires by itself; what it names may be gone. */
  token(purpose: Purpose, id: string): string {
    const body = Buffer.concat([Buffer.from([this.purposes.indexOf(purpose)]), uuidBytes(id)]);
    return Buffer.concat([body, this.linkMac(body)]).toString('base64url');
  }

  /** What a token names, or null for anything that we did not make. */
  readToken(token: string): { purpose: Purpose; id: string } | null {
    if (!/^[A-Za-z0-9_-]{44}$/.test(token)) return null;
    const bytes = Buffer.from(token, 'base64url');
    const [body, mac] = [bytes.subarray(0, 17), bytes.subarray(17)];
    const purpose = this.purposes[body[0] ?? -1];
    if (!purpose || mac.length !== 16 || !timingSafeEqual(mac, this.linkMac(body))) return null;
    const hex = body.subarray(1).toString('hex');
    return { purpose, id: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') };
  }

  private hmac(use: string, value: string): Buffer {
    return createHmac('sha256', this.lookup).update(`${use}\0${value}`).digest();
  }

  private linkMac(body: Buffer): Buffer {
    return createHmac('sha256', this.links).update(body).digest().subarray(0, 16);
  }
}

function uuidBytes(id: string): Buffer {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16) throw new Error('A link names a UUID.');
  return bytes;
}
