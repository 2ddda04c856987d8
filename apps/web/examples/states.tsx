import type { BillingErrorKind } from '@tollgate/contract'
import type { ReactNode } from 'react'
import { ChargeLine } from '../src/features/refusal/charge-statement.tsx'
import { CheckoutNotice } from '../src/features/checkout/checkout-notice.tsx'
import { FailureNotice } from '../src/features/refusal/failure-notice.tsx'
import { RefusalNotice } from '../src/features/refusal/refusal-notice.tsx'
import { useCopy } from '../src/copy/copy-context.tsx'
import { Notice } from '../src/components/notice.tsx'
import { Welcome } from '../src/features/account/welcome.tsx'
import { BillingPage } from '../src/pages/billing-page.tsx'
import { ImagesPage } from '../src/pages/images-page.tsx'
import { InvoicePage } from '../src/pages/invoice-page.tsx'
import { PlansPage } from '../src/pages/plans-page.tsx'
import { QrPage } from '../src/pages/qr-page.tsx'
import { TextPage } from '../src/pages/text-page.tsx'
import { UsagePage } from '../src/pages/usage-page.tsx'
import type { PersonaName } from './personas.ts'
import { ImageState, SummaryState } from './studio-states.tsx'
import { REFUSALS } from './refusals.ts'
import { CancelState, ChangeState } from './dialog-states.tsx'

export type State = { persona: PersonaName; path?: string; page: ReactNode }

const KINDS: readonly (BillingErrorKind | 'unknown')[] = [
  'insufficient_credits',
  'spend_cap',
  'limit',
  'not_in_plan',
  'not_permitted',
  'account_changed',
  'rate_limited',
  'in_progress',
  'billing_unavailable',
  'outcome_unknown',
  'hold_expired',
  'result_gone',
  'not_signed_in',
  'key_reused',
  'unknown',
]

/** Every state of the Studio worth looking at, by name. */
export const STATES: Record<string, State> = {
  welcome: { persona: 'fresh', page: <Welcome /> },
  'images-fresh': { persona: 'fresh', path: '/', page: <ImagesPage /> },
  'images-busy': { persona: 'nearly', path: '/', page: <ImageState pending /> },
  'images-done': { persona: 'nearly', path: '/', page: <ImageState pending={false} /> },
  'images-low': { persona: 'warned', path: '/', page: <ImagesPage /> },
  'images-critical': { persona: 'critical', path: '/', page: <ImagesPage /> },
  'images-exhausted': { persona: 'exhausted', path: '/', page: <ImagesPage /> },
  'images-unreadable': { persona: 'unreadable', path: '/', page: <ImagesPage /> },
  'text-below-80': { persona: 'below80', path: '/summarise', page: <TextPage /> },
  'text-at-80': { persona: 'at80', path: '/summarise', page: <TextPage /> },
  'text-at-90': { persona: 'at90', path: '/summarise', page: <TextPage /> },
  'text-at-100': { persona: 'at100', path: '/summarise', page: <TextPage /> },
  'text-low': { persona: 'low', path: '/summarise', page: <TextPage /> },
  'text-running': {
    persona: 'nearly',
    path: '/summarise',
    page: <SummaryState pending length={92} />,
  },
  'text-thinking': {
    persona: 'nearly',
    path: '/summarise',
    page: <SummaryState pending length={0} />,
  },
  'text-done': { persona: 'nearly', path: '/summarise', page: <SummaryState pending={false} /> },
  'qr-unlimited': { persona: 'unlimited', path: '/qr', page: <QrPage /> },
  'usage-fresh': { persona: 'fresh', path: '/usage', page: <UsagePage /> },
  'usage-low': { persona: 'low', path: '/usage', page: <UsagePage /> },
  'usage-exhausted': { persona: 'exhausted', path: '/usage', page: <UsagePage /> },
  'usage-overage': { persona: 'overage', path: '/usage', page: <UsagePage /> },
  'usage-unlimited': { persona: 'unlimited', path: '/usage', page: <UsagePage /> },
  'usage-running-out': { persona: 'runningOut', path: '/usage', page: <UsagePage /> },
  'usage-past-due': { persona: 'pastDue', path: '/usage', page: <UsagePage /> },
  'usage-settings': { persona: 'low', path: '/usage?view=settings', page: <UsagePage /> },
  'usage-unreadable': { persona: 'unreadable', path: '/usage', page: <UsagePage /> },
  'plans-free': { persona: 'fresh', path: '/plans', page: <PlansPage signedIn /> },
  'plans-pro': { persona: 'unlimited', path: '/plans', page: <PlansPage signedIn /> },
  'plans-leaving': { persona: 'leaving', path: '/plans', page: <PlansPage signedIn /> },
  'plans-signed-out': {
    persona: 'unreadable',
    path: '/plans',
    page: <PlansPage signedIn={false} />,
  },
  'billing-free': { persona: 'fresh', path: '/billing', page: <BillingPage /> },
  'billing-pro': { persona: 'unlimited', path: '/billing', page: <BillingPage /> },
  'billing-past-due': { persona: 'pastDue', path: '/billing', page: <BillingPage /> },
  'billing-leaving': { persona: 'leaving', path: '/billing', page: <BillingPage /> },
  'billing-guest': { persona: 'guest', path: '/billing', page: <BillingPage /> },
  'billing-member': { persona: 'member', path: '/billing', page: <BillingPage /> },
  'billing-unreadable': { persona: 'unreadable', path: '/billing', page: <BillingPage /> },
  invoice: {
    persona: 'unlimited',
    path: '/billing/invoices/TG-8F21C-00003',
    page: <InvoicePage number="TG-8F21C-00003" billedTo="Ada, ada@example.com" />,
  },
  'plan-change': { persona: 'fresh', path: '/plans', page: <ChangeState /> },
  'plan-cancel': { persona: 'unlimited', path: '/plans', page: <CancelState /> },
  refusals: { persona: 'fresh', page: <Refusals /> },
  checkout: { persona: 'fresh', page: <Checkouts /> },
}

function Refusals() {
  const { t } = useCopy()
  return (
    <div className="mx-auto grid max-w-2xl gap-4">
      <h1 className="sr-only">Refusals</h1>
      {KINDS.map((kind) => (
        <RefusalNotice key={kind} refusal={REFUSALS[kind]} opening={null} onCheckout={() => {}} />
      ))}
      <RefusalNotice
        refusal={REFUSALS.insufficient_credits}
        opening={null}
        onCheckout={() => {}}
        pastDue
      />
      {(['pending', 'error'] as const).map((status) => (
        <FailureNotice
          key={status}
          foreseen={null}
          call={{
            status,
            error: null,
            refusal: REFUSALS[status === 'pending' ? 'billing_unavailable' : 'in_progress'],
            operationKey: null,
            again: () => {},
          }}
        />
      ))}
      {(['not_charged', 'charged', 'running', 'unknown'] as const).map((charge) => (
        <Notice key={charge} tone="danger" title={t.refusal.internal.title}>
          <ChargeLine status={charge} />
        </Notice>
      ))}
    </div>
  )
}

function Checkouts() {
  const states = ['waiting', 'arrived', 'late', 'cancelled'] as const
  return (
    <div className="mx-auto grid max-w-2xl gap-4">
      <h1 className="sr-only">Checkout</h1>
      {states.map((state) => (
        <CheckoutNotice
          key={state}
          state={state}
          onContinue={() => {}}
          onCheckAgain={() => {}}
          onClose={() => {}}
        />
      ))}
    </div>
  )
}
