import type { AppRouter } from '@tollgate/api'
import type { BilledPath, MeterOf } from '@tollgate/client'
import type { BillingError } from '@tollgate/contract'
import { useCopy } from '../../copy/copy-context.tsx'
import { showResult } from '../../components/studio-layout.tsx'
import type { BilledCallState } from '../refusal/billed-call-state.ts'
import { useBlocked } from './use-blocked.ts'
import { useCatalog } from '../../connection/use-catalog.ts'
import { useForeseenRefusal } from '../refusal/use-foreseen-refusal.ts'
import { useHold } from '../../connection/use-hold.ts'

/** What a page of one billed procedure needs before, during and after a click. */
export type BilledStudioState = {
  submit: () => void
  pending: boolean
  /** "1 image", "≈ 40–180 tokens"; null while unknown. */
  cost: string | null
  /** "up to 240 reserved", for a cost that is known only afterwards; undefined for a fixed one. */
  held: string | null | undefined
  /** Why the button is disabled. */
  blocked: string | null
  /** The refusal the next click would get. */
  foreseen: BillingError<'insufficient_credits'> | null
}

/** Combines a page's price, balance and call; for a variable cost `about` is the form's estimate. */
export function useBilledStudio(options: {
  path: BilledPath<AppRouter>
  meter: MeterOf<AppRouter>
  call: BilledCallState
  send: () => void
  about?: { low: number; high: number; input: object } | null
}): BilledStudioState {
  const { path, meter, call, send, about = null } = options
  const { t, f } = useCopy()
  const price = useCatalog()?.procedures.find((procedure) => procedure.path === path)?.cost
  const variable = price?.kind === 'variable'
  const quoted = useHold(path, variable ? (about?.input ?? null) : null)
  const pending = call.status === 'pending'
  const hold = price?.kind === 'fixed' ? price.amount : (price?.hold ?? quoted?.most ?? null)
  // Even before the hold is known, the call takes at least one credit.
  const foreseen = useForeseenRefusal(meter, price ? (quoted?.least ?? hold ?? 1) : null)

  return {
    submit() {
      showResult()
      send()
    },
    pending,
    cost: costLabel(),
    held: variable && about ? heldLabel() : undefined,
    blocked: useBlocked(foreseen, pending),
    foreseen: pending ? null : foreseen,
  }

  function heldLabel(): string | null {
    return hold === null ? null : t.cost.held(f, hold)
  }

  function costLabel(): string | null {
    if (!price) return null
    if (price.kind === 'fixed') return t.cost.fixed(f, meter, price.amount)
    if (!about) return null
    // The charge never exceeds the hold, so neither may the estimate.
    const most = hold ?? Number.POSITIVE_INFINITY
    const [low, high] = [Math.min(about.low, most), Math.min(about.high, most)]
    return t.cost.about(f, { meter, low, high })
  }
}
