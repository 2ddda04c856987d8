import type { UnknownBillingError } from '@tollgate/client'
import { httpStatusOf } from '@tollgate/client'
import type { BillingError, ExhaustedError } from '@tollgate/contract'
import { useCopy } from '../../copy/copy-context.tsx'
import { Notice } from '../ui/notice.tsx'
import { ChargeStatement } from './charge-statement.tsx'
import { RefusalNotice } from './refusal-notice.tsx'
import { useCheckout } from './use-checkout.ts'

/** Why a billed call did not end well, and whether it cost anything. */
export function FailureNotice(props: {
  error: unknown
  refusal: BillingError | UnknownBillingError | null
  /** The refusal the next click would get; told while nothing else is. */
  foreseen: ExhaustedError | null
  operationKey: string | null
  /** `pending` with a refusal: the same click is tried again by itself. */
  status: 'idle' | 'pending' | 'error' | 'success'
}) {
  const { error, operationKey } = props
  const refusal = props.refusal ?? (props.error ? null : props.foreseen)
  const { t } = useCopy()
  const checkout = useCheckout()
  if (refusal && props.status === 'pending' && refusal.kind !== 'in_progress') {
    return (
      <Notice tone="busy" title={t.refusal.retrying.title}>
        <p>{t.refusal.retrying.text}</p>
      </Notice>
    )
  }
  if (refusal) {
    return (
      <>
        <RefusalNotice
          refusal={refusal}
          foreseen={props.refusal === null}
          opening={checkout.opening}
          onCheckout={checkout.open}
        />
        {checkout.failed ? <Notice tone="danger" title={t.checkout.failedTitle} urgent /> : null}
      </>
    )
  }
  if (!error) return null
  const status = httpStatusOf(error)
  if (status === 400) {
    return (
      <Notice tone="warn" title={t.refusal.invalid.title} urgent>
        <p>{error instanceof Error ? error.message : null}</p>
      </Notice>
    )
  }
  const lost = status === null
  return (
    <Notice tone="danger" title={lost ? t.refusal.network.title : t.refusal.internal.title} urgent>
      {lost ? <p>{t.refusal.network.text}</p> : null}
      {operationKey ? <ChargeStatement operationKey={operationKey} /> : null}
    </Notice>
  )
}
