create table audit_record (
  id uuid primary key,
  at timestamptz not null default now(),
  caller_id text,
  caller_kind text not null check (caller_kind in ('member', 'service', 'platform')),
  action text not null,
  subject text not null,
  subject_id text not null,
  state_under_review text,
  details jsonb not null default '{}',
  correlation_id text
);
create index audit_record_at on audit_record (at desc);
create index audit_record_subject on audit_record (subject, subject_id, at desc);
