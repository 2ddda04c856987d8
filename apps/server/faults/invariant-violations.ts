import type { Database } from '@tollgate/database'

/** What must hold of the books at any moment, each as a query that names the rows for which it does not. */
const INVARIANTS: Record<string, string> = {
  'I3 held is the sum of the holds': `
    select a.customer_id || ' ' || a.meter as offender from metering.account a
    left join (select customer_id, meter, sum(amount) as held from metering.hold where state = 'held' group by 1, 2) h
      using (customer_id, meter) where a.held <> coalesce(h.held, 0)`,
  'I4 unsynced is the sum of the undelivered': `
    select a.customer_id || ' ' || a.meter as offender from metering.account a
    left join (select customer_id, meter, sum(amount) as amount from metering.usage_event where state <> 'delivered'
               group by 1, 2) e using (customer_id, meter) where a.unsynced <> coalesce(e.amount, 0)`,
  'I5 every charge has its event': `
    select h.operation_id || ' ' || h.meter as offender from metering.hold h
    left join metering.usage_event e using (customer_id, operation_id, meter)
    where (h.state = 'charged' and h.charged > 0) <> (e.transaction_id is not null)
       or (e.transaction_id is not null and e.amount <> h.charged)`,
  'I6 no event for what failed': `
    select o.operation_id as offender from metering.operation o
    join metering.usage_event e using (customer_id, operation_id) where o.state in ('voided', 'expired')`,
  'I12 no overspend': `
    select customer_id || ' ' || meter as offender from metering.account
    where not unlimited and not soft_limit and synced_balance - unsynced - held < 0`,
}

/** Asks every invariant of the metering tables; one violation per invariant with its first offenders. */
export async function invariantViolations(
  tollgate: Database,
): Promise<{ invariant: string; detail: string }[]> {
  const violations: { invariant: string; detail: string }[] = []
  for (const [invariant, text] of Object.entries(INVARIANTS)) {
    const rows = await tollgate.query<{ offender: string }>({ text: `${text} limit 5` })
    if (rows.length === 0) continue
    violations.push({ invariant, detail: rows.map(({ offender }) => offender).join(', ') })
  }
  return violations
}
