import type { MeteringContext } from '../context.ts'
import { retryIdempotent } from '../store/retry-idempotent.ts'
import { callForCustomer } from '../store/call-routine.ts'
import { billingUnavailable, holdExpired } from './refusals.ts'
import type { Operation } from './start-operation.ts'
import type { Amounts } from './usage.ts'

/** The hold of a running stream: grows with usage and records what was delivered. */
export type StreamHold = {
  /** Extends the hold to this much, one step ahead when the balance allows; otherwise returns what it does not cover. */
  cover(used: Amounts): Promise<Shortfall | null>
  /** Persists what was certainly delivered, every few credits or milliseconds; throws `hold_expired` when the hold was lost. */
  mark(arrived: Amounts): Promise<void>
}

/** What the balance of a meter does not cover. */
export type Shortfall = { meter: string; required: number }

/** Tracks the hold of one stream. */
export function createStreamHold(
  context: MeteringContext,
  { call, ref, holds }: Pick<Operation, 'call' | 'ref' | 'holds'>,
): StreamHold {
  const { database, policy, clock, notifier } = context
  const { customerId, operationId, fence } = ref
  const held = new Map(call.charges.map(({ meter, hold }) => [meter, holds[meter] ?? hold]))
  const most = new Map(call.charges.map(({ meter, hold, least }) => [meter, least && hold]))
  const steps = new Map(held)
  let marked = { at: clock.now().getTime(), credits: 0 }

  const extend = (meter: string, target: number) =>
    known(context, () =>
      callForCustomer<'extended' | 'insufficient' | 'lost'>(database, 'extend_hold', [
        customerId,
        operationId,
        fence,
        meter,
        target,
      ]),
    )

  async function grow(meter: string, needed: number): Promise<boolean> {
    const current = held.get(meter) ?? 0
    if (needed <= current) return true
    const step = current + (steps.get(meter) ?? 0)
    const ahead = Math.max(needed, Math.min(step, most.get(meter) ?? step))
    for (const target of ahead > needed ? [ahead, needed] : [needed]) {
      const outcome = await extend(meter, target)
      if (outcome === 'lost') throw holdExpired()
      if (outcome === 'insufficient') continue
      held.set(meter, target)
      notifier.changed(customerId)
      return true
    }
    return false
  }

  return {
    async cover(used) {
      for (const meter of held.keys()) {
        const required = used[meter] ?? 0
        if (!(await grow(meter, required))) return { meter, required }
      }
      return null
    },
    async mark(arrived) {
      const amounts: Amounts = call.settle === 'hold' ? Object.fromEntries(held) : arrived
      const credits = [...held.keys()].reduce((sum, meter) => sum + (amounts[meter] ?? 0), 0)
      const at = clock.now().getTime()
      const due =
        credits - marked.credits >= policy.watermark.credits ||
        at - marked.at >= policy.watermark.ms
      if (!due || credits === marked.credits) return
      const args = [
        customerId,
        operationId,
        fence,
        policy.leaseMs,
        JSON.stringify(amounts),
      ] as const
      const isOurs = await known(context, () =>
        callForCustomer<boolean>(database, 'mark_progress', args),
      )
      if (!isOurs) throw holdExpired()
      marked = { at, credits }
    },
  }
}

/** A stream whose hold cannot be extended stops; what was delivered is settled when the database is back. */
async function known<Answer>(
  context: MeteringContext,
  run: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await retryIdempotent(context, run)
  } catch (error) {
    throw billingUnavailable(context.policy.retryAfterMs, error)
  }
}
