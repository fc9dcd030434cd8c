import { CONFIG, type RuntimeConfig } from '@followthrough/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A new secret of 256 bits, for a link, a cookie or a service account. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of such a secret. Plain SHA-256 is enough for 256 random bits; never for a password. */
export function sha256(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Seals and marks under keys that are drawn from the instance's secret, a key a purpose. */
@Injectable()
export class Secrets {
  constructor(@Inject(CONFIG) private readonly config: Pick<RuntimeConfig, 'instanceSecret'>) {}

  /** AES-256-GCM: what a dump of the database shows is noise. */
  seal(purpose: string, text: string): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key(purpose), iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  }

  /** The sealed text, or null where it was sealed under another secret or is damaged. */
  open(purpose: string, sealed: Buffer): string | null {
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.key(purpose), sealed.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      return Buffer.concat([
        decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)),
        decipher.final(),
      ]).toString('utf8');
    } catch {
      return null;
    }
  }

  /** A mark that only this instance can make of the text. */
  mark(purpose: string, text: string): string {
    return createHmac('sha256', this.key(purpose)).update(text).digest('base64url');
  }

  /** Whether a mark that came from outside is the right one, in constant time. */
  isMark(purpose: string, text: string, mark: unknown): boolean {
    if (typeof mark !== 'string') return false;
    const expected = Buffer.from(this.mark(purpose, text));
    const given = Buffer.from(mark);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }

  private key(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.config.instanceSecret, '', `portal ${purpose}`, 32));
  }
}
