import { httpStatusOf } from '@tollgate/client'
import type { BillingError } from '@tollgate/contract'
import { useCopy } from '../../copy/copy-context.tsx'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import type { BilledCallState } from './billed-call-state.ts'
import { ChargeStatement } from './charge-statement.tsx'
import { RefusalNotice } from './refusal-notice.tsx'
import { useCheckout } from '../checkout/use-checkout.ts'
import { usePastDue } from './use-past-due.ts'

/** Why a billed call failed, and whether it was charged. */
export function FailureNotice(props: {
  call: BilledCallState
  /** The refusal the next click would get; shown if there is nothing else to show. */
  foreseen: BillingError<'insufficient_credits'> | null
}) {
  const { error, operationKey, status } = props.call
  const refusal = props.call.refusal ?? (error ? null : props.foreseen)
  const { t } = useCopy()
  const checkout = useCheckout()
  const pastDue = usePastDue()
  if (refusal && status === 'pending' && refusal.kind !== 'in_progress') {
    return (
      <Notice tone="busy" title={t.refusal.retrying.title}>
        <p>{t.refusal.retrying.text}</p>
      </Notice>
    )
  }
  if (refusal?.kind === 'in_progress' && status === 'error') {
    return <NoLongerAsking call={props.call} />
  }
  if (refusal) {
    return (
      <>
        <RefusalNotice
          refusal={refusal}
          foreseen={props.call.refusal === null}
          pastDue={pastDue}
          opening={checkout.opening}
          onCheckout={checkout.open}
        />
        {checkout.failed ? <Notice tone="danger" title={t.checkout.failedTitle} urgent /> : null}
      </>
    )
  }
  if (!error) return null
  const httpStatus = httpStatusOf(error)
  if (httpStatus === 400) {
    return (
      <Notice tone="warn" title={t.refusal.invalid.title} urgent>
        <p>{t.refusal.invalid.text}</p>
      </Notice>
    )
  }
  const lost = httpStatus === null
  return (
    <Notice tone="danger" title={lost ? t.refusal.network.title : t.refusal.internal.title} urgent>
      {lost ? <p>{t.refusal.network.text}</p> : null}
      {operationKey ? <ChargeStatement operationKey={operationKey} /> : null}
    </Notice>
  )
}

/** The call exceeded the longest run time and polling has stopped; the ledger still has the outcome, and the key is kept. */
function NoLongerAsking(props: { call: BilledCallState }) {
  const { again, operationKey } = props.call
  const { t } = useCopy()
  return (
    <Notice
      tone="warn"
      title={t.refusal.no_longer_asking.title}
      urgent
      actions={
        <Button look="primary" onClick={again}>
          {t.actions.askAgain}
        </Button>
      }
    >
      <p>{t.refusal.no_longer_asking.text}</p>
      {operationKey ? <ChargeStatement operationKey={operationKey} /> : null}
    </Notice>
  )
}
