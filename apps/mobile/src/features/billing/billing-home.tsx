import { planStatus } from '@tollgate/contract/copy'
import { useFocusEffect } from 'expo-router'
import { useCallback } from 'react'
import { type Outputs, trpc } from '../../connection/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'
import { InvoiceList } from './invoice-list.tsx'
import { openStudio } from './open-studio.ts'
import { PaymentButton } from './payment-button.tsx'

type Summary = Outputs['billing']['summary']

const { t, f } = copy

/** The plan, the amount due, the next payment, the payment method, and every invoice. */
export function BillingHome() {
  const { billing } = trpc.useUtils()
  const plan = trpc.billing.plan.useQuery()
  const { isOwner = true, mayBuy = false } = plan.data ?? {}
  const summary = trpc.billing.summary.useQuery(undefined, { enabled: isOwner })
  useFocusEffect(
    useCallback(() => {
      void billing.plan.invalidate()
      void billing.summary.invalidate()
    }, [billing]),
  )

  if (plan.isPending) return <Words as="quiet">Reading your plan…</Words>
  const subscription = plan.data?.billing?.subscription ?? null
  const due = summary.data?.amountDue
  return (
    <>
      {due ? <AmountDue due={due} mayBuy={mayBuy} /> : null}
      <Card>
        <Words as="title">{t.billing.title}</Words>
        <Facts
          facts={[
            [t.billing.plan, subscription?.planName ?? t.billing.statuses.none],
            [t.billing.status, t.billing.statuses[planStatus(subscription)]],
            [t.billing.nextCharge, summary.data ? nextCharge(summary.data) : null],
            [t.billing.method, summary.data ? paymentMethod(summary.data) : null],
          ]}
        />
        {summary.isError ? <Words as="quiet">{t.billing.unavailable}</Words> : null}
        {mayBuy ? (
          <Button
            label={t.billing.changePlan}
            kind="plain"
            onPress={() => void openStudio('/plans')}
          />
        ) : null}
        {mayBuy && summary.data && summary.data.paymentMethods.length > 0 ? (
          <PaymentButton label={t.billing.updateMethod} purpose="payment_method" kind="plain" />
        ) : null}
      </Card>
      {summary.data ? <InvoiceList invoices={summary.data.invoices} /> : null}
    </>
  )
}

function AmountDue(props: { due: NonNullable<Summary['amountDue']>; mayBuy: boolean }) {
  const { amount, currency, invoiceNumber } = props.due
  return (
    <Card>
      <Words as="title" tone="danger">
        {t.billing.pastDueTitle(f.money(amount, currency))}
      </Words>
      <Words>{t.billing.pastDueText(invoiceNumber)}</Words>
      {props.mayBuy ? <PaymentButton label={t.actions.pay} purpose="open_invoice" /> : null}
    </Card>
  )
}

function nextCharge({ nextCharge: charge }: Summary): string {
  if (!charge) return t.billing.noCharge
  const { amount, at, currency } = charge
  if (amount === null) return t.billing.chargeChanges(f, at)
  return t.billing.chargeOn(f, f.money(amount, currency), at)
}

function paymentMethod({ paymentMethods: [method] }: Summary): string {
  if (!method) return t.billing.noCharge
  const { brand, last4 } = method
  const name = brand === 'test' ? t.billing.testCard : (brand ?? t.billing.otherMethod)
  const written = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
  return last4 ? t.billing.card(written, last4) : written
}
