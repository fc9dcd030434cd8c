import { Database, type Transaction } from '@followthrough/database';
import { isDemoAddress, Mailer } from '@followthrough/mail';
import { Injectable } from '@nestjs/common';
import { simpleParser } from 'mailparser';
import { v7 as uuidv7 } from 'uuid';
import { Vault } from './vault';
import type { Reader } from './reader';

export interface MailboxSummary {
  id: string;
  receivedAt: Date;
  from: string;
  to: string[];
  subject: string;
}

export interface MailboxMessage extends MailboxSummary {
  headers: { name: string; value: string }[];
  html: string | null;
  text: string;
}

interface Row {
  id: string;
  receivedAt: Date;
  summary: Buffer;
  raw: Buffer;
}

const PAGE = 50;

/** Mail that stayed inside this installation. Encrypted at rest, since it holds addresses and links. */
@Injectable()
export class Mailbox {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly mailer: Mailer,
  ) {}

  async store(raw: Buffer, recipients: string[]): Promise<void> {
    const parsed = await simpleParser(raw);
    const summary = { from: parsed.from?.text ?? '', to: recipients, subject: parsed.subject ?? '' };
    await this.database.query(
      `insert into mailbox_message (id, message_id, to_hmac, demo, summary_encrypted, raw_encrypted)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        uuidv7(),
        parsed.messageId ?? '',
        recipients.map((recipient) => this.vault.addressHmac(recipient)),
        recipients.every(isDemoAddress),
        this.vault.encrypt(JSON.stringify(summary)),
        this.vault.encrypt(raw),
      ],
    );
  }

  /** Whether the mail of a delivery has arrived here. */
  async has(reader: Reader, deliveryId: string): Promise<boolean> {
    const rows = (await reader.query('select from mailbox_message where message_id = $1 limit 1', [
      `<${deliveryId}@${this.mailer.domain}>`,
    ])) as unknown[];
    return rows.length > 0;
  }

  async list(page: number): Promise<{ total: number; messages: MailboxSummary[] }> {
    const [count] = await this.database.query<{ total: number }>(
      'select count(*)::int as total from mailbox_message',
    );
    const rows = await this.database.query<Row>(
      `select id, received_at as "receivedAt", summary_encrypted as summary from mailbox_message
       order by received_at desc, id desc limit ${PAGE} offset $1`,
      [(page - 1) * PAGE],
    );
    return { total: count?.total ?? 0, messages: rows.map((row) => this.summaryOf(row)) };
  }

  async read(id: string): Promise<MailboxMessage | null> {
    const [row] = await this.database.query<Row>(
      `select id, received_at as "receivedAt", summary_encrypted as summary, raw_encrypted as raw
       from mailbox_message where id = $1`,
      [id],
    );
    if (!row) return null;
    const parsed = await simpleParser(this.vault.decrypt(row.raw));
    return {
      ...this.summaryOf(row),
      headers: parsed.headerLines.map(({ line }) => headerOf(line)),
      html: parsed.html || null,
      text: parsed.text ?? '',
    };
  }

  async erase(tx: Transaction, addressHmacs: Buffer[]): Promise<void> {
    await tx.query('delete from mailbox_message where to_hmac && $1::bytea[]', [addressHmacs]);
  }

  async removeDemo(tx: Transaction): Promise<void> {
    await tx.query('delete from mailbox_message where demo');
  }

  private summaryOf(row: Row): MailboxSummary {
    const summary = JSON.parse(this.vault.decrypt(row.summary).toString('utf8')) as Omit<
      MailboxSummary,
      'id'
    >;
    return {
      id: row.id,
      receivedAt: row.receivedAt,
      from: summary.from,
      to: summary.to,
      subject: summary.subject,
    };
  }
}

function headerOf(line: string): { name: string; value: string } {
  const at = line.indexOf(':');
  return {
    name: line.slice(0, at),
    value: line
      .slice(at + 1)
      .replace(/\r?\n[ \t]+/g, ' ')
      .trim(),
  };
}
