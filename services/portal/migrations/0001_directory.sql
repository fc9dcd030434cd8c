-- The directory: who someone is for this instance, and for whom they act. Nothing here leaves the portal but
-- opaque ids, roles and States.
create schema directory;

create table directory.organisation (
  id uuid primary key,
  name text not null check (name <> ''),
  class text not null check (class in ('government', 'parliament', 'nhri', 'cso', 'un', 'embassy', 'donor', 'academia', 'other')),
  -- ISO 3166-1 alpha-3, or * for all.
  states text[] not null check (cardinality(states) > 0),
  demo boolean not null default false,
  version integer not null default 1,
  registered_at timestamptz not null default now()
);
create unique index organisation_name on directory.organisation (lower(name));

create table directory.member (
  -- UUIDv4: neither order nor time gives a person away.
  id uuid primary key,
  name text not null check (name <> ''),
  organisation_id uuid not null references directory.organisation,
  roles text[] not null check (cardinality(roles) > 0),
  states text[] not null check (cardinality(states) > 0),
  state text not null default 'active' check (state in ('active', 'suspended')),
  -- As chosen at joining; from then on notifications owns both.
  locale text not null,
  time_zone text not null,
  demo boolean not null default false,
  version integer not null default 1,
  joined_at timestamptz not null default now()
);
create index member_organisation on directory.member (organisation_id);

-- How a member signs in at the built-in provider.
create table directory.credential (
  member_id uuid primary key references directory.member on delete cascade,
  -- E-mail address as entered, and the form in which it is compared.
  address text not null,
  address_key text not null unique,
  -- Whether the member has shown that the address is theirs.
  verified boolean not null,
  -- scrypt with its parameters and salt; null where an outer provider signs the member in.
  password text,
  changed_at timestamptz not null default now(),
  -- When the page first handed the address to notifications, which keeps the one that mail goes to.
  handed_over_at timestamptz
);

-- How a member is known to the site's own OpenID provider.
create table directory.outer_identity (
  issuer text not null,
  subject text not null,
  member_id uuid not null references directory.member on delete cascade,
  linked_at timestamptz not null default now(),
  primary key (issuer, subject)
);
create unique index outer_identity_member on directory.outer_identity (member_id, issuer);

create table directory.invitation (
  id uuid primary key,
  address text,
  -- Kept after the address is gone, so that one who was invited before is recognised; null when demo or withdrawn.
  address_key text,
  name text not null,
  organisation_id uuid not null references directory.organisation,
  roles text[] not null check (cardinality(roles) > 0),
  states text[] not null check (cardinality(states) > 0),
  locale text not null,
  secret_sha256 bytea not null unique,
  state text not null default 'open' check (state in ('open', 'accepted', 'withdrawn')),
  invited_by text not null,
  invited_at timestamptz not null default now(),
  expires_at timestamptz not null,
  settled_at timestamptz
);
create unique index invitation_open on directory.invitation (address_key) where state = 'open';

create table directory.password_reset (
  id uuid primary key,
  member_id uuid not null references directory.member on delete cascade,
  secret_sha256 bytea not null unique,
  asked_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index password_reset_member on directory.password_reset (member_id, asked_at);

-- The one-time link that makes the first administrator; each start without one replaces it.
create table directory.setup_link (
  only_row boolean primary key default true check (only_row),
  secret_sha256 bytea not null,
  expires_at timestamptz not null
);

create table directory.session (
  -- The cookie itself is nowhere.
  cookie_sha256 bytea primary key,
  member_id uuid not null references directory.member on delete cascade,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_member on directory.session (member_id);
create index session_expiry on directory.session (expires_at);

create table directory.service_account (
  id uuid primary key,
  name text not null check (name <> ''),
  -- True for the one that `ft` on this machine uses.
  operator boolean not null default false,
  roles text[] not null check (cardinality(roles) > 0),
  states text[] not null check (cardinality(states) > 0),
  secret_sha256 bytea not null unique,
  created_by text not null,
  created_at timestamptz not null default now(),
  used_at timestamptz,
  revoked_at timestamptz
);
create unique index service_account_operator on directory.service_account (operator) where operator;

-- Keys that sign access tokens (ES256). The private half is sealed under the instance's secret.
create table directory.signing_key (
  id text primary key,
  public_jwk jsonb not null,
  private_sealed bytea not null,
  created_at timestamptz not null,
  -- Published before it signs and after, so that no verifier meets a key it cannot know.
  signs_from timestamptz not null,
  signs_until timestamptz not null,
  published_until timestamptz not null
);

-- What the built-in OpenID provider remembers between requests. Ids are hashed, contents sealed.
create table directory.provider_record (
  id_sha256 bytea primary key,
  content_sealed bytea not null,
  grant_sha256 bytea,
  uid_sha256 bytea,
  consumed_at timestamptz,
  expires_at timestamptz not null
);
create index provider_record_grant on directory.provider_record (grant_sha256) where grant_sha256 is not null;
create index provider_record_uid on directory.provider_record (uid_sha256) where uid_sha256 is not null;
create index provider_record_expiry on directory.provider_record (expires_at);

-- Failures in a row, by address or place; both only as keyed hashes.
create table directory.throttle (
  key_hash bytea primary key,
  failures integer not null,
  failed_at timestamptz not null,
  blocked_until timestamptz
);

-- Mails of the account itself. The row is the truth, the job that sends it a hint.
create table directory.account_mail (
  id uuid primary key,
  kind text not null check (kind in ('invitation', 'password-reset', 'password-changed')),
  subject_id uuid not null,
  -- Address and secret of the link, sealed; gone once the mail is.
  content_sealed bytea,
  locale text not null,
  state text not null default 'due' check (state in ('due', 'sent', 'failed', 'void')),
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  leased_until timestamptz,
  settled_at timestamptz,
  -- What the mail server said last; never the address.
  answer text
);
create index account_mail_due on directory.account_mail (due_at) where state = 'due';
create index account_mail_subject on directory.account_mail (subject_id);

create table directory.demo (
  only_row boolean primary key default true check (only_row),
  id uuid not null,
  -- The demo accounts' password, shown on the sign-in page of an instance that only this machine can reach.
  password_sealed bytea not null,
  loaded_at timestamptz not null default now()
);
