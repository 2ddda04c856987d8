import type { Queryable } from './core/queryable.ts'

/** A violated ledger invariant. */
export type Violation = { invariant: string; broken: number; example: unknown }

/** The ledger invariants, as queries for the rows that violate them. */
const INVARIANTS: Record<string, string> = {
  'a balance is the sum of its entries': `
    select kept.subscription_id, kept.usage_meter_id, kept.balance, booked.balance as booked
    from meter_balance kept
    full join (
      select organization_id, subscription_id, usage_meter_id,
             sum(case when credit_account = 'credits' then amount else 0 end
               - case when debit_account = 'credits' then amount else 0 end) as balance
      from ledger_entry group by organization_id, subscription_id, usage_meter_id
    ) booked using (organization_id, subscription_id, usage_meter_id)
    where kept.balance is distinct from booked.balance`,
  'a balance is what was granted less what was used less what expired': `
    select kept.subscription_id, kept.usage_meter_id from meter_balance kept
    join lateral (
      select coalesce(sum(amount) filter (where kind in ('grant', 'transfer_in')), 0) as granted,
             coalesce(sum(amount) filter (where kind = 'usage'), 0)
               - coalesce(sum(amount) filter (where kind = 'reversal'), 0) as used,
             coalesce(sum(amount) filter (where kind in ('expiry', 'revocation', 'transfer_out')), 0)
               - coalesce(sum(amount) filter (where kind = 'expiry_reversal'), 0) as expired
      from ledger_entry entry
      where entry.organization_id = kept.organization_id and entry.customer_id = kept.customer_id
        and entry.subscription_id = kept.subscription_id and entry.usage_meter_id = kept.usage_meter_id
    ) booked on true
    where kept.balance <> kept.granted - kept.used - kept.expired
       or (kept.granted, kept.used, kept.expired) is distinct from (booked.granted, booked.used, booked.expired)`,
  'a grant has left what it gave less what its entries took': `
    select given.id, given.remaining from credit_grant given
    where given.remaining <> given.amount - coalesce((
      select sum(case when entry.kind = 'expiry_reversal' then -entry.amount else entry.amount end)
      from ledger_entry entry
      where entry.organization_id = given.organization_id and entry.customer_id = given.customer_id
        and entry.credit_grant_id = given.id
        and (entry.debit_account = 'credits' or entry.kind = 'expiry_reversal')), 0)`,
  'no more of a grant is taken back from expiry than was written off': `
    select entry.credit_grant_id from ledger_entry entry
    where entry.kind in ('expiry', 'expiry_reversal')
    group by entry.organization_id, entry.customer_id, entry.credit_grant_id
    having sum(case when entry.kind = 'expiry' then entry.amount else -entry.amount end) < 0`,
  'what grants have left is the balance, or nothing when usage went past them': `
    select kept.subscription_id, kept.usage_meter_id, kept.balance
    from meter_balance kept
    where greatest(kept.balance, 0) <> coalesce((
      select sum(given.remaining) from credit_grant given
      where given.organization_id = kept.organization_id and given.subscription_id = kept.subscription_id
        and given.usage_meter_id = kept.usage_meter_id), 0)`,
  'a counted usage event is charged exactly once, in full': `
    select event.id, event.amount from usage_event event
    where case when event.counted then event.amount else 0 end <> coalesce((
      select sum(entry.amount) from ledger_entry entry
      where entry.organization_id = event.organization_id and entry.customer_id = event.customer_id
        and entry.usage_event_id = event.id and entry.kind = 'usage'), 0)`,
  'a usage event belongs to a period that was open when it came': `
    select event.id from usage_event event
    join billing_period period
      on period.organization_id = event.organization_id and period.subscription_id = event.subscription_id
     and period.id = event.billing_period_id
    join subscription sub on sub.organization_id = event.organization_id and sub.id = event.subscription_id
    where event.created_at < period.starts_at
       or event.created_at >= period.ends_at and (sub.canceled_at is null or event.created_at < sub.canceled_at)`,
  'an unpaid plan ends within its period, and has no credits for it': `
    select sub.id, sub.grace_ends_at from subscription sub
    where sub.status = 'past_due'
      and (sub.grace_ends_at is null or sub.grace_ends_at > sub.period_end
           or exists (select from credit_grant given
                      where given.organization_id = sub.organization_id and given.subscription_id = sub.id
                        and starts_with(given.reason, 'period:' || sub.period_id)))`,
  'a payment that waits is the only one for its purpose': `
    select subscription_id, reason from payment
    where status = 'pending' and subscription_id is not null
    group by organization_id, subscription_id, reason having count(*) > 1`,
  'a grant that expired is closed once its period was taken over': `
    select given.id from credit_grant given
    join subscription sub on sub.organization_id = given.organization_id and sub.id = given.subscription_id
    where given.closed_at is null and given.expires_at is not null and given.expires_at <= sub.period_start`,
  'a customer is due no later than their period ends, their credits expire or their payment is collected': `
    select customer.id, customer.due_at from customer
    left join subscription sub
      on sub.organization_id = customer.organization_id and sub.customer_id = customer.id
     and sub.status in ('trialing', 'active', 'past_due', 'cancellation_scheduled')
    left join lateral (
      select min(given.expires_at) as at from credit_grant given
      where given.organization_id = sub.organization_id and given.subscription_id = sub.id and given.closed_at is null
    ) expiry on true
    left join lateral (
      select min(payment.refund_due_at) as at from payment
      where payment.organization_id = customer.organization_id and payment.customer_id = customer.id
    ) refund on true
    left join lateral (
      select min(payment.next_attempt_at) as at from payment
      where payment.organization_id = customer.organization_id and payment.customer_id = customer.id
        and payment.status = 'pending'
    ) pending on true
    where customer.due_at is distinct from least(coalesce(pending.at, least(sub.period_end, sub.grace_ends_at)), expiry.at, refund.at)`,
}

/** Finds rows that violate a ledger invariant. Reads everything, so it is for tests and audits. */
export async function checkInvariants(from: Queryable): Promise<Violation[]> {
  const violations: Violation[] = []
  for (const [invariant, text] of Object.entries(INVARIANTS)) {
    const rows = await from.query({ text })
    if (rows.length > 0) violations.push({ invariant, broken: rows.length, example: rows[0] })
  }
  return violations
}
