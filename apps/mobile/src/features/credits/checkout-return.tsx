import { router } from 'expo-router'
import { useEffect } from 'react'
import { trpc } from '../../connection/trpc.ts'
import { Words } from '../../ui/words.tsx'

/** Handles the return from a payment page when the app was closed meanwhile: refetches the purchase, then shows the start screen. */
export function CheckoutReturn() {
  const utils = trpc.useUtils()
  useEffect(() => {
    void readAgain().then(() => router.replace('/'))

    async function readAgain(): Promise<void> {
      try {
        utils.billing.balance.setData(undefined, await utils.client.billing.refresh.mutate())
      } catch {
        // The start screen fetches the balance itself.
      }
    }
  }, [utils])
  return <Words as="quiet">Reading what you bought…</Words>
}
