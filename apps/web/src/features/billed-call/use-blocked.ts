import type { BillingError } from '@tollgate/contract'
import { useCopy } from '../../copy/copy-context.tsx'
import { useOnline } from '../../connection/use-online.ts'
import { usePastDue } from '../refusal/use-past-due.ts'

/** Why a billed button is disabled, in a few words; null if it is enabled. */
export function useBlocked(
  foreseen: BillingError<'insufficient_credits'> | null,
  pending: boolean,
): string | null {
  const { t, f } = useCopy()
  const online = useOnline()
  const pastDue = usePastDue()
  if (!online) return t.offlineButton
  if (!foreseen || pending) return null
  if (pastDue) return t.refusal.past_due.title
  return t.refusal.insufficient_credits.title(t.meter.units(f, foreseen.meter, 0))
}
