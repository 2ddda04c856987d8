/** A subquery: what every operation holds or was charged, one row per meter; for tools and tests, never in a billed call. */
export const HOLDS = `(
  select o.bucket, o.customer_id, o.operation_id, o.key, o.procedure, o.meter, o.held, o.charged, o.overrun, o.state,
    o.degraded, o.started_at, o.ended_at, o.subjects
  from metering.operation o
  union all
  select o.bucket, o.customer_id, o.operation_id, o.key, o.procedure, f.meter, f.held, f.charged, f.overrun, o.state,
    o.degraded, o.started_at, o.ended_at, o.subjects
  from metering.further_hold f join metering.operation o using (bucket, operation_id))`
