-- What a filter asks of a recommendation. Rows that were kept before have the defaults until their next event.
alter table recommendation_copy
  add kind text not null default 'recommendation',
  add mechanism text not null default 'UPR',
  add cycle int not null default 0,
  add session int not null default 0,
  add language text not null default 'und',
  add recommending_states text[] not null default '{}',
  add action_category int not null default 0,
  add themes text[] not null default '{}',
  add groups text[] not null default '{}',
  add sdgs text[] not null default '{}',
  add search_text text not null default '';

-- An institution is named by the coordinator; it needs no account. Addresses are sealed under the instance's secret.
create table institution (
  id uuid primary key,
  version int not null,
  state_under_review text not null,
  name text not null,
  locale text not null,
  contact_sealed bytea,
  supervisor_sealed bytea,
  -- Member of the directory who releases what it reports; null: the coordinator does.
  validator_id text,
  created_at timestamptz not null
);
create unique index institution_name on institution (state_under_review, lower(name));

-- Who leads on a recommendation: at most one institution, until somebody says otherwise.
create table lead_assignment (
  recommendation_id uuid primary key,
  institution_id uuid not null references institution on delete cascade,
  assigned_at timestamptz not null
);
create index lead_assignment_institution on lead_assignment (institution_id);

create table holiday (
  state_under_review text not null,
  on_date date not null,
  name text not null,
  primary key (state_under_review, on_date)
);

create table round (
  id uuid primary key,
  version int not null,
  state text not null check (state in ('draft', 'open', 'closed')),
  state_under_review text not null,
  title text not null,
  filter jsonb not null,
  due_on date not null,
  time_zone text not null,
  reminder_offsets int[] not null,
  escalation_after int,
  -- Moves with the due date; reminders of an earlier one are void.
  deadline_version int not null default 1,
  created_at timestamptz not null,
  opened_at timestamptz,
  closed_at timestamptz
);
create index round_state on round (state_under_review, created_at desc);

create table round_task (
  id uuid primary key,
  round_id uuid not null references round on delete cascade,
  institution_id uuid not null references institution,
  version int not null,
  state text not null check (state in ('asked', 'viewed', 'answering', 'submitted', 'returned', 'released')),
  return_reason text not null default '',
  asked_at timestamptz not null,
  submitted_at timestamptz,
  released_at timestamptz,
  unique (round_id, institution_id)
);

create table round_task_recommendation (
  task_id uuid not null references round_task on delete cascade,
  recommendation_id uuid not null,
  primary key (task_id, recommendation_id)
);
create index round_task_recommendation_recommendation on round_task_recommendation (recommendation_id);

-- Every change of state of a round or a task, one row each; their version is the aggregate's.
create table round_transition (
  subject text not null check (subject in ('round', 'task')),
  subject_id uuid not null,
  version int not null,
  from_state text not null,
  to_state text not null,
  reason text not null default '',
  by_kind text not null check (by_kind in ('member', 'service', 'link')),
  by_id text not null,
  at timestamptz not null,
  primary key (subject_id, version)
);

-- What an institution says, in versions that are only ever added.
create table answer (
  task_id uuid not null,
  recommendation_id uuid not null,
  version int not null,
  status text not null check (status in ('not-started', 'under-way', 'completed', 'discontinued')),
  text text not null,
  links jsonb not null,
  unchanged boolean not null,
  by_kind text not null check (by_kind in ('member', 'service', 'link')),
  by_id text not null,
  saved_at timestamptz not null,
  primary key (task_id, recommendation_id, version),
  foreign key (task_id, recommendation_id) references round_task_recommendation on delete cascade
);

create table evidence_file (
  id uuid primary key,
  task_id uuid not null,
  recommendation_id uuid not null,
  name text not null,
  media_type text not null,
  bytes int not null,
  sha256 bytea not null,
  content bytea not null,
  added_at timestamptz not null,
  foreign key (task_id, recommendation_id) references round_task_recommendation on delete cascade
);
create index evidence_file_task on evidence_file (task_id, recommendation_id);

-- The answer that stands for a recommendation is its last.
create table released_answer (
  recommendation_id uuid not null,
  version int not null,
  task_id uuid not null,
  answer_version int not null,
  released_at timestamptz not null,
  primary key (recommendation_id, version),
  foreign key (task_id, recommendation_id, answer_version) references answer on delete cascade
);

-- Who has a link to a task: the institution's contact, and colleagues whom it was passed on to.
create table task_access (
  id uuid primary key,
  task_id uuid not null references round_task on delete cascade,
  holder text not null check (holder in ('contact', 'colleague')),
  address_sealed bytea not null,
  address_hmac bytea not null,
  -- Null: the whole task.
  recommendation_ids uuid[],
  passed_on_by uuid references task_access on delete set null,
  created_at timestamptz not null,
  revoked_at timestamptz
);
create unique index task_access_address on task_access (task_id, address_hmac) where revoked_at is null;
create index task_access_hmac on task_access (address_hmac) where revoked_at is null;

-- The one-time code under way to an address.
create table access_code (
  address_hmac bytea primary key,
  code_sealed bytea not null,
  attempts int not null default 0,
  expires_at timestamptz not null
);

create table link_session (
  token_hash bytea primary key,
  address_hmac bytea not null,
  expires_at timestamptz not null
);
create index link_session_expires on link_session (expires_at);

create table scheduled_reminder (
  id uuid primary key,
  task_id uuid not null references round_task on delete cascade,
  deadline_version int not null,
  offset_days int not null,
  audience text not null check (audience in ('institution', 'supervisor')),
  due_at timestamptz not null,
  state text not null check (state in ('pending', 'sent', 'void')),
  settled_at timestamptz,
  unique (task_id, deadline_version, offset_days, audience)
);
create index scheduled_reminder_due on scheduled_reminder (due_at) where state = 'pending';

-- A mail to one address. Who it goes to and what it says is looked up when it is sent.
create table round_mail (
  id uuid primary key,
  purpose text not null
    check (purpose in ('asked', 'passed-on', 'reminder', 'escalation', 'returned', 'deadline-moved', 'code')),
  task_id uuid not null references round_task on delete cascade,
  -- Null: the institution's supervisor.
  access_id uuid references task_access on delete cascade,
  state text not null check (state in ('queued', 'leased', 'accepted', 'failed', 'dead', 'void')),
  attempts int not null default 0,
  next_attempt_at timestamptz not null,
  lease_until timestamptz,
  expires_at timestamptz not null,
  last_outcome text,
  last_code text,
  created_at timestamptz not null,
  settled_at timestamptz
);
create index round_mail_due on round_mail (next_attempt_at) where state = 'queued';
create index round_mail_leased on round_mail (lease_until) where state = 'leased';
create index round_mail_task on round_mail (task_id);

create table link_use (
  key bytea not null,
  window_start timestamptz not null,
  used int not null,
  primary key (key, window_start)
);
