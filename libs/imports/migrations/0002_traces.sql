-- The trace of who asked for the present step, where traces are recorded (W3C traceparent).
alter table import add column traceparent text;
