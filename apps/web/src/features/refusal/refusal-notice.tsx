import type { UnknownBillingError } from '@tollgate/client'
import type { BillingError } from '@tollgate/contract'
import { describeRefusal } from '@tollgate/contract/copy'
import { Button } from '../../components/button.tsx'
import { Notice, type Tone } from '../../components/notice.tsx'
import { useCatalog } from '../../connection/use-catalog.ts'
import { planWith } from '../../connection/use-plan-with.ts'
import { useCopy } from '../../copy/copy-context.tsx'
import { BillingActions } from './billing-actions.tsx'
import { ChargeLine } from './charge-statement.tsx'
import { useCountdown } from './use-countdown.ts'

type Refusal = BillingError | UnknownBillingError

/** Why a call was refused, with only the actions that help. */
export function RefusalNotice(props: {
  refusal: Refusal
  opening: string | null
  onCheckout: (priceSlug: string) => void
  /** Shown before a click, so there is no charge to report. */
  foreseen?: boolean
  /** The plan is unpaid, which is why its credits are missing. */
  pastDue?: boolean
}) {
  const { refusal, opening, onCheckout, foreseen = false, pastDue = false } = props
  const { t, f } = useCopy()
  const offers = useCatalog()?.offers ?? []
  if (refusal.kind === 'rate_limited') return <RateLimited refusal={refusal} />

  const isUnpaid = pastDue && refusal.kind === 'insufficient_credits'
  const planName = refusal.kind === 'not_in_plan' ? planWith(offers, refusal.feature) : null
  const described = describeRefusal(refusal, { t, f }, planName)
  const { title, text } = isUnpaid ? t.refusal.past_due : described
  const resetsAt = refusal.kind === 'insufficient_credits' && !isUnpaid ? refusal.resetsAt : null
  const actions = 'actions' in refusal ? refusal.actions : []
  const meter = 'meter' in refusal ? refusal.meter : null
  // Waiting resolves neither a missing feature nor a failed payment.
  const waitingHelps = !isUnpaid && refusal.kind !== 'not_in_plan'
  const helpful = actions.filter(({ type }) => waitingHelps || type !== 'wait')
  return (
    <Notice
      tone={TONES[refusal.kind] ?? 'warn'}
      title={title}
      urgent={!foreseen && refusal.kind !== 'in_progress'}
      actions={
        refusal.kind === 'account_changed' ? (
          <Button look="primary" onClick={() => location.reload()}>
            {t.team.switched.follow}
          </Button>
        ) : helpful.length > 0 ? (
          <BillingActions
            actions={helpful}
            meter={meter}
            asked={refusal.kind === 'limit' ? 'raise_limit' : 'purchase'}
            opening={opening}
            onCheckout={onCheckout}
          />
        ) : null
      }
    >
      <p title={resetsAt ? f.dateTime(resetsAt) : undefined}>{text}</p>
      {described.uncharged && !foreseen ? <ChargeLine status="not_charged" /> : null}
    </Notice>
  )
}

function RateLimited(props: { refusal: BillingError<'rate_limited'> }) {
  const { t, f } = useCopy()
  const seconds = useCountdown(props.refusal.retryAfterMs, props.refusal)
  const { title, text, ready } = t.refusal.rate_limited
  return (
    <Notice tone="info" title={title} urgent>
      <p>{seconds > 0 ? text(f, seconds) : ready}</p>
      <ChargeLine status="not_charged" />
    </Notice>
  )
}

const TONES: Partial<Record<Refusal['kind'], Tone>> = {
  in_progress: 'busy',
  billing_unavailable: 'danger',
  outcome_unknown: 'danger',
}
