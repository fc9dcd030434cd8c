import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { Problem } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';

/** What OWASP's password storage cheat sheet asks of scrypt at 32 MiB: N = 2^15, r = 8, p = 3. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const KEY_BYTES = 32;
/** Each run takes a thread of the pool that files and names are looked up on, and 32 MiB. */
const AT_ONCE = 2;
/** About ten seconds of work; whoever comes then is asked to come again. */
const MOST_WAITING = 60;

/** Hashes passwords with scrypt. A hash is `scrypt$N$r$p$salt$key`, so that the cost can be raised later. */
@Injectable()
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  async hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    const key = await this.derive(password, salt, COST);
    return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join(
      '$',
    );
  }

  /** @param hash null where there is no such member; takes as long as with one, so that nobody can tell */
  async matches(password: string, hash: string | null): Promise<boolean> {
    const [, n, r, p, salt, key] = (hash ?? (await this.nobodys())).split('$');
    const expected = Buffer.from(key ?? '', 'base64url');
    const derived = await this.derive(password, Buffer.from(salt ?? '', 'base64url'), {
      N: Number(n),
      r: Number(r),
      p: Number(p),
    });
    return timingSafeEqual(derived, expected) && hash !== null;
  }

  private nobody: Promise<string> | null = null;

  private nobodys(): Promise<string> {
    return (this.nobody ??= this.hash(randomBytes(16).toString('hex')));
  }

  private async derive(password: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
    if (this.waiting.length >= MOST_WAITING) {
      throw new Problem(
        'unavailable',
        'sign-in-busy',
        'Too many people are signing in at once: try again in a moment.',
      );
    }
    while (this.running >= AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.running += 1;
    try {
      return await run(password.normalize('NFKC'), salt, cost);
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }
}

function run(password: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, KEY_BYTES, { ...cost, maxmem: 256 * 1024 * 1024 }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
