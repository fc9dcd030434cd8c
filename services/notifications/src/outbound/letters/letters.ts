import type { RecommendationFilter } from '@followthrough/contracts';
import type { Transaction } from '@followthrough/database';
import { mailLocale, renderMail, type OutgoingMail } from '@followthrough/mail';
import { CONFIG, type RuntimeConfig } from '@followthrough/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { followLetter, verifyLetter } from './confirmation-mail';
import { groupNotices } from '../../domain/digest-content';
import { correctionLetter, digestLetter, type Letter, type MailFrame } from './digest-mail';
import type { LeasedDelivery } from '../deliveries';
import { DigestContents, type DigestContent } from '../digest-contents';
import type { DigestKind } from '../digests';
import { Vault } from '../vault';

interface Addressee {
  locale: string;
  kind: 'member' | 'follower';
  unsubscribeId: string;
  address: Buffer;
}

/** Writes the mail of a delivery from what is true at this moment. */
@Injectable()
export class Letters {
  constructor(
    private readonly contents: DigestContents,
    private readonly vault: Vault,
    @Inject(CONFIG) private readonly config: Pick<RuntimeConfig, 'publicUrl'>,
  ) {}

  /** @returns null where there is nothing left to say, or nobody to say it to */
  async write(tx: Transaction, delivery: LeasedDelivery): Promise<OutgoingMail | null> {
    switch (delivery.purpose) {
      case 'digest':
      case 'correction':
        return this.digest(tx, delivery);
      case 'confirm-follow':
        return this.followConfirmation(tx, delivery);
      case 'verify-address':
        return this.addressVerification(tx, delivery);
    }
  }

  private async digest(tx: Transaction, delivery: LeasedDelivery): Promise<OutgoingMail | null> {
    const { digestId } = delivery;
    if (!digestId) return null;
    const maybeTold = delivery.lastOutcome === 'ambiguous';
    if ((await this.contents.dropWhatIsNoLongerTrue(tx, digestId, maybeTold)) === 0) return null;
    const [digest] = await tx.query<
      {
        kind: DigestKind;
      }[]
    >('select kind from digest where id = $1', [digestId]);
    const addressee = await this.addressee(tx, delivery);
    if (!digest || !addressee) return null;
    const content = await this.contents.read(tx, digestId);
    const frame = this.frame(addressee, content);
    const letter = letterOf(digest.kind, content, frame);
    if (!letter) return null;
    return this.outgoing(delivery, addressee.address, letter, {
      id: `recommendations.${new URL(this.config.publicUrl).hostname.replace(/[^A-Za-z0-9.-]/g, '-')}`,
      name: 'Recommendations that you follow',
      unsubscribeUrl: frame.stopAllUrl,
    });
  }

  private async addressee(tx: Transaction, { addressId }: LeasedDelivery): Promise<Addressee | null> {
    const [found] = await tx.query<Addressee[]>(
      `select r.locale, r.kind, r.unsubscribe_id as "unsubscribeId", a.value_encrypted as address
       from address a join recipient r on r.id = a.recipient_id where a.id = $1 and a.state = 'verified'`,
      [addressId],
    );
    return found ?? null;
  }

  private frame(addressee: Addressee, content: DigestContent): MailFrame {
    return {
      locale: mailLocale(addressee.locale),
      publicUrl: this.config.publicUrl,
      reasons: content.subscriptions.map(({ filter, unsubscribeId }) => ({
        filter,
        stopUrl: this.stopUrl('unsubscribe-one', unsubscribeId),
      })),
      stopAllUrl: this.stopUrl('unsubscribe-all', addressee.unsubscribeId),
      hasAccount: addressee.kind === 'member',
    };
  }

  private stopUrl(purpose: 'unsubscribe-one' | 'unsubscribe-all', id: string): string {
    return `${this.config.publicUrl}/api/notifications/v1/unsubscribe/${this.vault.token(purpose, id)}`;
  }

  private async followConfirmation(tx: Transaction, delivery: LeasedDelivery): Promise<OutgoingMail | null> {
    const [request] = await tx.query<
      { id: string; filter: RecommendationFilter; locale: string; address: Buffer }[]
    >(
      `select id, filter, locale, value_encrypted as address from follow_request where id = $1 and confirmed_at is null`,
      [delivery.followRequestId],
    );
    if (!request) return null;
    const token = this.vault.token('confirm-follow', request.id);
    const locale = mailLocale(request.locale);
    const url = `${this.config.publicUrl}/follow/confirm?token=${token}&lang=${locale}`;
    return this.outgoing(delivery, request.address, followLetter(request.filter, url, locale));
  }

  private async addressVerification(tx: Transaction, delivery: LeasedDelivery): Promise<OutgoingMail | null> {
    const [found] = await tx.query<{ id: string; locale: string; address: Buffer }[]>(
      `select a.id, r.locale, a.value_encrypted as address from address a join recipient r on r.id = a.recipient_id
       where a.id = $1 and a.state = 'unverified'`,
      [delivery.addressId],
    );
    if (!found) return null;
    const locale = mailLocale(found.locale);
    const token = this.vault.token('verify-address', found.id);
    const url = `${this.config.publicUrl}/subscriptions?verify=${token}&lang=${locale}`;
    return this.outgoing(delivery, found.address, verifyLetter(url, locale));
  }

  private outgoing(
    delivery: LeasedDelivery,
    address: Buffer,
    letter: Letter,
    list?: NonNullable<OutgoingMail['list']>,
  ): OutgoingMail {
    return {
      id: delivery.id,
      to: this.vault.decrypt(address).toString('utf8'),
      subject: letter.subject,
      language: letter.document.locale,
      ...renderMail(letter.document),
      ...(list ? { list } : {}),
    };
  }
}

function letterOf(kind: DigestKind, content: DigestContent, frame: MailFrame): Letter | null {
  if (kind === 'correction') return content.corrected > 0 ? correctionLetter(content.corrected, frame) : null;
  return content.notices.length > 0 ? digestLetter(kind, groupNotices(content.notices), frame) : null;
}
