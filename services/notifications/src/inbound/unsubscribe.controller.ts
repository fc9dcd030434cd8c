import { mailLocale } from '@followthrough/mail';
import { Public } from '@followthrough/service-kit';
import { Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { unsubscribePage } from '../outbound/letters/unsubscribe-page';
import { Unsubscribe } from '../usecases/unsubscribe';

const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** Links of mails: opening one changes nothing, sending its form, or a mail reader's own POST, stops at once. */
@Controller('unsubscribe')
export class UnsubscribeController {
  constructor(private readonly unsubscribe: Unsubscribe) {}

  @Get(':token')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  @Header('content-security-policy', PAGE_POLICY)
  @Public()
  async page(@Param('token') token: string): Promise<string> {
    const found = await this.unsubscribe.find(token);
    return unsubscribePage(
      found ? 'ask' : 'unknown',
      mailLocale(found?.locale),
      found?.subscription?.filter ?? null,
    );
  }

  /** RFC 8058: neither cookie nor sign-in, no redirect, 200 whatever the link. */
  @Post(':token')
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  @Header('content-security-policy', PAGE_POLICY)
  @Public()
  async stop(@Param('token') token: string): Promise<string> {
    const found = await this.unsubscribe.run(token);
    return unsubscribePage(
      found ? 'done' : 'unknown',
      mailLocale(found?.locale),
      found?.subscription?.filter ?? null,
    );
  }
}
