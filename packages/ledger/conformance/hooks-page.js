// A page of an application with Flowglad's stock hooks; bundled by the test that opens it.
import {
  FlowgladProvider,
  useBilling,
  usePricing,
  useResources,
  useUsageMeters,
} from '@flowglad/react'
import { createElement as h, useState } from 'react'
import { createRoot } from 'react-dom/client'

function Page() {
  const billing = useBilling()
  const { usageMeters } = useUsageMeters()
  const { resources } = useResources()
  const pricing = usePricing()
  const [answer, setAnswer] = useState('')
  if (!billing.loaded) return h('p', null, 'Loading')
  if (billing.errors) return h('p', { role: 'alert' }, billing.errors.map(String).join())
  const show = (label, value) => h('p', { 'aria-label': label }, String(value))
  const act = (name, action) =>
    h(
      'button',
      { onClick: () => void action().then((result) => setAnswer(JSON.stringify(result))) },
      name,
    )
  const inBilling = billing.checkUsageBalance('images')
  return h(
    'main',
    null,
    show('plan', billing.currentSubscription?.name),
    show('customer', billing.customer.name),
    show('hd', billing.checkFeatureAccess('hd')),
    show('left by useBilling', inBilling?.availableBalance),
    show('limit', inBilling?.balanceLimit),
    show(
      'left by useUsageMeters',
      usageMeters?.find(({ slug }) => slug === 'images')?.availableBalance,
    ),
    show('seats', resources?.find(({ resourceSlug }) => resourceSlug === 'seats')?.available),
    show('products', pricing?.products.map(({ slug }) => slug).join()),
    show('answer', answer),
    act('use two', () =>
      billing.createUsageEvent({
        usageMeterSlug: 'images',
        amount: 2,
        transactionId: crypto.randomUUID(),
      }),
    ),
    act('reload', async () => billing.reload()),
    act('buy pro', () =>
      billing.createCheckoutSession({
        priceSlug: 'pro_monthly',
        successUrl: location.href,
        cancelUrl: location.href,
        autoRedirect: true,
      }),
    ),
    act('cancel', () =>
      billing.cancelSubscription({
        id: billing.currentSubscription.id,
        cancellation: { timing: 'at_end_of_current_billing_period' },
      }),
    ),
  )
}

createRoot(document.getElementById('root')).render(h(FlowgladProvider, null, h(Page)))
