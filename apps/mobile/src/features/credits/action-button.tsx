import type { BillingAction } from '@tollgate/client'
import { router } from 'expo-router'
import * as WebBrowser from 'expo-web-browser'
import { trpc } from '../../connection/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'
import { AskOwner } from './ask-owner.tsx'
// Without a file extension, so that the bundler can pick the platform's file.
import { CHECKOUT_RETURN, openCheckout } from './open-checkout'
import type { Asked } from './refusal.ts'

const { t, f } = copy

/** One action of a refusal, as the server offers it; renders nothing for an action newer than this app. */
export function ActionButton(props: {
  action: BillingAction
  isPrimary: boolean
  /** What the payer can be asked for. */
  asked: Asked
}) {
  const { action, asked } = props
  const kind = props.isPrimary ? 'primary' : 'plain'
  switch (action.type) {
    case 'checkout':
      return <CheckoutButton action={action} kind={kind} />
    case 'plans':
      return (
        <Button label={t.actions.plans} kind={kind} onPress={() => void openPage(action.url)} />
      )
    case 'pay':
      return <Button label={t.actions.pay} kind={kind} onPress={() => void openPage(action.url)} />
    case 'raise_cap':
      return (
        <Button label={t.actions.raiseCap} kind={kind} onPress={() => void openPage(action.url)} />
      )
    case 'ask_owner':
      return <AskOwner asked={asked} look={kind} />
    case 'sign_in':
      return (
        <Button label={t.actions.signIn} kind={kind} onPress={() => router.push('/make-account')} />
      )
    case 'wait':
      return <Words as="quiet">{t.actions.wait(f, action.until)}</Words>
    default:
      return null
  }
}

function CheckoutButton(props: {
  action: Extract<BillingAction, { type: 'checkout' }>
  kind: 'primary' | 'plain'
}) {
  const { action, kind } = props
  const checkout = trpc.billing.checkout.useMutation()
  const refresh = trpc.billing.refresh.useMutation()
  const { billing } = trpc.useUtils()

  async function buy(): Promise<void> {
    const { priceSlug } = action
    const { url } = await checkout.mutateAsync({ priceSlug, returnTo: CHECKOUT_RETURN })
    await openCheckout(url)
    billing.balance.setData(undefined, await refresh.mutateAsync())
    // Returns to the draft; the user presses the button again, nothing runs on its own.
    router.back()
  }

  return (
    <>
      <Button
        label={t.actions.checkout(f, action.label, action.amount, action.currency)}
        kind={kind}
        busy={checkout.isPending || refresh.isPending}
        // The mutation's state shows a failure.
        onPress={() => void buy().catch(() => {})}
      />
      {checkout.isError ? (
        <Words tone="danger" alert>
          The checkout could not be opened. Nothing was paid.
        </Words>
      ) : null}
      {refresh.isError ? (
        <Words tone="warning" alert>
          The balance could not be read. What you bought appears by itself.
        </Words>
      ) : null}
    </>
  )
}

async function openPage(url: string): Promise<void> {
  await WebBrowser.openBrowserAsync(url)
}
