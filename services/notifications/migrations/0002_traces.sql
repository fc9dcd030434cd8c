-- Which trace a fact came in and a mail belongs to, where traces are recorded (W3C traceparent): whatever runs the job,
-- hint or sweep, now or after a restart, the trace goes on.
alter table notice add column traceparent text;
alter table delivery add column traceparent text;
