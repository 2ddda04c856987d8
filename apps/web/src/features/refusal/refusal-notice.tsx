import type { UnknownBillingError } from '@tollgate/client'
import type { BillingAction, BillingError } from '@tollgate/contract'
import { type ReactNode, useState } from 'react'
import { useCopy } from '../../copy/copy-context.tsx'
import { Notice } from '../../components/notice.tsx'
import { BillingActions } from './billing-actions.tsx'
import { ChargeLine } from './charge-statement.tsx'
import { useCatalog } from '../../connection/use-catalog.ts'
import { useCountdown } from './use-countdown.ts'

type RefusalProps = {
  refusal: BillingError | UnknownBillingError
  opening: string | null
  onCheckout: (priceSlug: string) => void
  /** Told before a click, not after one: there is nothing that could have been charged. */
  foreseen?: boolean
  /** The plan was not paid, which is why its credits are missing. */
  pastDue?: boolean
  now?: Date
}

/** Every way billing can say no, each with its own words and only the actions that help. */
export function RefusalNotice(props: RefusalProps) {
  const { refusal } = props
  const { t, f } = useCopy()
  switch (refusal.kind) {
    case 'insufficient_credits':
      return <InsufficientCredits {...props} refusal={refusal} />
    case 'spend_cap': {
      const { meter, left, cap, required, resetsAt } = refusal
      const told = { required, left, cap, units: t.meter.units(f, meter, cap), resetsAt }
      return (
        <Refusal
          title={t.refusal.spend_cap.title}
          actions={<Actions {...props} actions={refusal.actions} />}
          uncharged
        >
          <p>{t.refusal.spend_cap.text(f, told)}</p>
        </Refusal>
      )
    }
    case 'not_in_plan':
      return <NotInPlan {...props} refusal={refusal} />
    case 'not_signed_in':
      return (
        <Refusal
          {...t.refusal.not_signed_in}
          actions={<Actions {...props} actions={refusal.actions} />}
        />
      )
    case 'rate_limited':
      return <RateLimited refusal={refusal} />
    case 'in_progress':
      return (
        <Notice tone="busy" title={t.refusal.in_progress.title}>
          {t.refusal.in_progress.text}
        </Notice>
      )
    case 'billing_unavailable':
      return <Refusal {...t.refusal.billing_unavailable} tone="danger" uncharged />
    case 'outcome_unknown':
      return <Refusal {...t.refusal.outcome_unknown} tone="danger" />
    case 'hold_expired':
      return <Refusal {...t.refusal.hold_expired} uncharged />
    case 'result_gone':
      return <Refusal {...t.refusal.result_gone} />
    case 'key_missing':
    case 'key_invalid':
    case 'key_reused':
      return <Refusal {...t.refusal.key} uncharged />
    case 'unknown':
      return <Refusal title={t.refusal.unknown.title} text={refusal.message} />
  }
}

function InsufficientCredits(
  props: RefusalProps & { refusal: BillingError<'insufficient_credits'> },
) {
  const { refusal, foreseen = false } = props
  const { t, f } = useCopy()
  const [arrived] = useState(() => new Date())
  const now = props.now ?? arrived
  const { resetsAt, required, availableBalance } = refusal
  if (props.pastDue) {
    return (
      <Refusal
        title={t.refusal.past_due.title}
        text={t.refusal.past_due.text}
        actions={
          <Actions {...props} actions={refusal.actions.filter(({ type }) => type !== 'wait')} />
        }
        uncharged={!foreseen}
        urgent={!foreseen}
      />
    )
  }
  const told = { required, available: availableBalance }
  return (
    <Refusal
      title={t.refusal.insufficient_credits.title(t.meter.units(f, refusal.meter, 0))}
      actions={<Actions {...props} actions={refusal.actions} />}
      uncharged={!foreseen}
      urgent={!foreseen}
    >
      <p>
        {t.refusal.insufficient_credits.text(f, told)}{' '}
        <span title={resetsAt ? f.dateTime(resetsAt) : undefined}>
          {resetsAt
            ? t.refusal.insufficient_credits.resets(f, resetsAt, now)
            : t.refusal.insufficient_credits.neverResets}
        </span>
      </p>
    </Refusal>
  )
}

function NotInPlan(props: RefusalProps & { refusal: BillingError<'not_in_plan'> }) {
  const { feature, actions } = props.refusal
  const { t } = useCopy()
  const plan = useCatalog()?.offers.find(
    (offer) => offer.kind === 'plan' && offer.features.some(({ slug }) => slug === feature),
  )
  // A feature does not come with time, so waiting is no way to it.
  const helpful = actions.filter(({ type }) => type !== 'wait')
  return (
    <Refusal
      title={t.refusal.not_in_plan.title}
      actions={<Actions {...props} actions={helpful} />}
      uncharged
    >
      <p>{t.refusal.not_in_plan.text(t.plans.feature(feature), plan?.name ?? null)}</p>
    </Refusal>
  )
}

function RateLimited(props: { refusal: { retryAfterMs: number } }) {
  const { t, f } = useCopy()
  const seconds = useCountdown(props.refusal.retryAfterMs, props.refusal)
  const { title, text, ready } = t.refusal.rate_limited
  return (
    <Refusal title={title} tone="info" uncharged>
      <p>{seconds > 0 ? text(f, seconds) : ready}</p>
    </Refusal>
  )
}

function Refusal(props: {
  title: string
  text?: string
  tone?: 'warn' | 'danger' | 'info'
  uncharged?: boolean
  urgent?: boolean
  actions?: ReactNode
  children?: ReactNode
}) {
  const { title, text, tone = 'warn', uncharged, urgent = true, actions, children } = props
  return (
    <Notice tone={tone} title={title} actions={actions} urgent={urgent}>
      {children ?? <p>{text}</p>}
      {uncharged ? <ChargeLine status="not_charged" /> : null}
    </Notice>
  )
}

function Actions(props: RefusalProps & { actions: readonly BillingAction[] }) {
  const { actions, opening, onCheckout } = props
  return <BillingActions actions={actions} opening={opening} onCheckout={onCheckout} />
}
