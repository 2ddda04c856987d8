import type { MeterSlug } from '@tollgate/contract'
import { askUntilKnown } from '../store/ask-until-known.ts'
import { extendHold } from '../store/extend-hold.ts'
import { markProgress } from '../store/mark-progress.ts'
import type { StreamParts } from './deliver-stream.ts'
import { holdExpired, unavailable } from './refusals.ts'

type Amounts = Partial<Record<MeterSlug, number>>

/** The hold of a running stream: grows with what is used, remembers what has arrived. */
export type StreamHold = {
  /** Whether the credits for this much are held; sets more aside if need be, one step ahead when the funds allow. */
  covers(used: Amounts): Promise<boolean>
  /** Persists what has surely arrived, every few credits or milliseconds; throws `hold_expired` when the hold was lost. */
  mark(arrived: Amounts): Promise<void>
}

/** Follows the hold of one stream. */
export function createStreamHold({ context, call, ref }: StreamParts): StreamHold {
  const { database, policy, clock, announcer } = context
  const held = new Map(call.charges.map(({ meter, hold }) => [meter, hold]))
  const steps = new Map(held)
  let marked = { at: clock.now().getTime(), credits: 0 }

  const extend = (meter: MeterSlug, target: number) =>
    known(context, () => extendHold(database, { ...ref, meter, target }))

  async function grow(meter: MeterSlug, needed: number): Promise<boolean> {
    const current = held.get(meter) ?? 0
    if (needed <= current) return true
    const ahead = Math.max(needed, current + (steps.get(meter) ?? 0))
    for (const target of ahead > needed ? [ahead, needed] : [needed]) {
      const outcome = await extend(meter, target)
      if (outcome === 'lost') throw holdExpired()
      if (outcome === 'insufficient') continue
      held.set(meter, target)
      announcer.changed(ref.customerId)
      return true
    }
    return false
  }

  return {
    async covers(used) {
      for (const [meter] of held) {
        if (!(await grow(meter, used[meter] ?? 0))) return false
      }
      return true
    },
    async mark(arrived) {
      const amounts: Amounts = call.settle === 'hold' ? Object.fromEntries(held) : arrived
      const credits = [...held.keys()].reduce((sum, meter) => sum + (amounts[meter] ?? 0), 0)
      const at = clock.now().getTime()
      const due =
        credits - marked.credits >= policy.watermark.credits ||
        at - marked.at >= policy.watermark.ms
      if (!due || credits === marked.credits) return
      const ours = await known(context, () =>
        markProgress(database, { ...ref, leaseMs: policy.leaseMs, amounts }),
      )
      if (!ours) throw holdExpired()
      marked = { at, credits }
    },
  }
}

/** A stream whose hold cannot be looked after stops; what was handed on is settled when the database is back. */
async function known<Answer>(
  context: StreamParts['context'],
  ask: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await askUntilKnown(context, ask)
  } catch (error) {
    throw unavailable(context.policy.retryAfterMs, error)
  }
}
