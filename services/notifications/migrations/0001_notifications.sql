-- Who is told: a member of the directory under the member's id, or a follower without an account.
create table recipient (
  id uuid primary key,
  kind text not null check (kind in ('member', 'follower')),
  locale text not null default 'en',
  time_zone text not null default 'UTC',
  -- Cadence of a new subscription that does not say its own.
  cadence text not null default 'immediate' check (cadence in ('immediate', 'daily', 'weekly')),
  demo boolean not null default false,
  -- The event of the joining has been seen; a member may come here before it does.
  welcomed boolean not null default false,
  -- Id in the one-click unsubscribe link; its own, so that a link gives no other id away.
  unsubscribe_id uuid not null unique default gen_random_uuid(),
  inbox_seen_at timestamptz,
  created_at timestamptz not null default now()
);

-- Members who are gone: an access token of theirs may live some minutes longer and must not make them anew.
create table erased_member (
  id uuid primary key,
  erased_at timestamptz not null default now()
);

create table address (
  id uuid primary key,
  recipient_id uuid not null references recipient on delete cascade,
  channel text not null default 'email' check (channel in ('email')),
  -- Encrypted and keyed-hashed with keys derived from the instance's secret; the address itself is stored nowhere.
  value_encrypted bytea not null,
  value_hmac bytea not null,
  state text not null check (state in ('unverified', 'verified', 'suspended')),
  verified_at timestamptz,
  created_at timestamptz not null default now()
);
-- One owner an address, once shown to be theirs; one address in use and one awaiting proof a recipient.
create unique index address_owner on address (channel, value_hmac) where state <> 'unverified';
create unique index address_in_use on address (recipient_id, channel) where state <> 'unverified';
create unique index address_awaiting_proof on address (recipient_id, channel) where state = 'unverified';

-- A wish to follow without an account, until the address confirms it or it expires.
create table follow_request (
  id uuid primary key,
  value_encrypted bytea not null,
  value_hmac bytea not null,
  filter jsonb not null,
  locale text not null,
  time_zone text not null,
  cadence text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  confirmed_at timestamptz
);
create index follow_request_expires on follow_request (expires_at);

-- Uses of what may not be asked too often, by keyed hash of who asks.
create table rate_count (
  key bytea not null,
  window_start timestamptz not null,
  used integer not null,
  primary key (key, window_start)
);

create sequence subscription_revision;

create table subscription (
  id uuid primary key,
  recipient_id uuid not null references recipient on delete cascade,
  -- A recommendationFilter; filter_key is its canonical query string.
  filter jsonb not null,
  filter_key text not null,
  cadence text not null check (cadence in ('immediate', 'daily', 'weekly')),
  channels text[] not null,
  state text not null check (state in ('active', 'paused', 'ended')),
  version integer not null,
  -- Raised under one lock by every write, so that a reader who asks for what is above its last sees every change.
  revision bigint not null,
  unsubscribe_id uuid not null unique default gen_random_uuid(),
  created_at timestamptz not null default now(),
  ended_at timestamptz
);
create index subscription_revision_order on subscription (revision);
create index subscription_recipient on subscription (recipient_id);

-- What the service needs of recommendations, from their events: to preview a filter and to write a mail.
create table recommendation_copy (
  id uuid primary key,
  generation integer not null,
  version bigint not null,
  kind text not null default '',
  mechanism text not null default '',
  state_under_review text not null default '',
  cycle integer not null default 0,
  session integer not null default 0,
  symbol text not null default '',
  paragraph text not null default '',
  text text not null default '',
  language text not null default 'und',
  recommending_states text[] not null default '{}',
  position text not null default '',
  action_category integer not null default 0,
  themes text[] not null default '{}',
  groups text[] not null default '{}',
  sdgs text[] not null default '{}',
  review_date text not null default '',
  search_text text not null default '',
  demo boolean not null default false,
  withdrawn boolean not null default false,
  import_id text not null default '',
  -- Last time that it was news.
  announced_at timestamptz
);
create index recommendation_copy_state on recommendation_copy (state_under_review);
create index recommendation_copy_demo on recommendation_copy (id) where demo;
create index recommendation_copy_announced on recommendation_copy (announced_at);

-- How far an announced import has been seen: its mails wait for the last of its events, whatever their order.
create table import_progress (
  import_id text primary key,
  seen integer not null default 0,
  -- From ImportApplied; null until it comes.
  announced_events integer,
  format text not null default '',
  demo boolean not null default false,
  -- When its mails were let go; released_late: by the sweep, before all events had been seen.
  released_at timestamptz,
  released_late boolean not null default false,
  undone_at timestamptz,
  last_seen_at timestamptz not null default now()
);
create index import_progress_waiting on import_progress (last_seen_at) where released_at is null and undone_at is null;

-- A mail that gathers notices, made when it is first known to be needed and claimed by one statement when due.
create table digest (
  id uuid primary key,
  recipient_id uuid not null references recipient on delete cascade,
  kind text not null check (kind in ('import', 'correction', 'immediate', 'daily', 'weekly')),
  -- Day in the recipient's zone; null where the kind has no day.
  local_date date,
  -- The import, or the first notice, or '' where the day says it all. "window" is a keyword.
  window_key text not null,
  state text not null check (state in ('open', 'queued', 'sent', 'void', 'folded', 'failed')),
  due_at timestamptz not null,
  notices integer not null default 0,
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  unique nulls not distinct (recipient_id, kind, local_date, window_key)
);
create index digest_due on digest (due_at) where state = 'open';

-- One fact told to one recipient, once.
create table notice (
  id uuid primary key,
  recipient_id uuid not null references recipient on delete cascade,
  fact_key text not null,
  kind text not null check (kind in ('recorded', 'revised', 'withdrawn', 'correction')),
  recommendation_id uuid,
  state_under_review text not null default '',
  import_id text not null default '',
  changed_fields text[] not null default '{}',
  previous_position text not null default '',
  -- A correction says how many notices it takes back.
  corrected integer not null default 0,
  subscription_ids uuid[] not null,
  in_inbox boolean not null,
  -- When it is mailed; null: it is not.
  cadence text check (cadence in ('immediate', 'daily', 'weekly')),
  state text not null check (state in ('pending', 'claimed', 'sending', 'sent', 'unmailed', 'void')),
  digest_id uuid references digest on delete set null,
  occurred_at timestamptz not null,
  created_at timestamptz not null default now(),
  read_at timestamptz,
  unique (recipient_id, fact_key)
);
create index notice_pending on notice (recipient_id, cadence) where state = 'pending';
create index notice_import on notice (import_id) where import_id <> '';
create index notice_digest on notice (digest_id);
create index notice_inbox on notice (recipient_id, occurred_at desc, id desc) where in_inbox;

create table delivery (
  id uuid primary key,
  -- Null while the recipient is still a wish to follow.
  recipient_id uuid references recipient on delete cascade,
  purpose text not null check (purpose in ('digest', 'correction', 'confirm-follow', 'verify-address')),
  digest_id uuid unique references digest on delete cascade,
  follow_request_id uuid references follow_request on delete cascade,
  address_id uuid references address on delete cascade,
  state text not null check (state in ('queued', 'leased', 'accepted', 'failed', 'dead', 'void')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  lease_until timestamptz,
  expires_at timestamptz not null,
  last_outcome text,
  last_code text,
  created_at timestamptz not null default now(),
  settled_at timestamptz
);
create index delivery_due on delivery (next_attempt_at) where state = 'queued';
create index delivery_leased on delivery (lease_until) where state = 'leased';
create index delivery_recipient on delivery (recipient_id, created_at desc);

-- Written before the call, so that a call whose end nobody saw is known.
create table attempt (
  delivery_id uuid not null references delivery on delete cascade,
  number integer not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  outcome text not null check (outcome in ('started', 'accepted', 'transient', 'permanent', 'ambiguous')),
  code text not null default '',
  primary key (delivery_id, number)
);

-- The mailbox inside the installation: where mail goes without a mail server, and mail to demo accounts always.
create table mailbox_message (
  id uuid primary key,
  received_at timestamptz not null default now(),
  message_id text not null,
  to_hmac bytea[] not null,
  demo boolean not null,
  summary_encrypted bytea not null,
  raw_encrypted bytea not null
);
create index mailbox_message_received on mailbox_message (received_at desc);
create index mailbox_message_message_id on mailbox_message (message_id);
