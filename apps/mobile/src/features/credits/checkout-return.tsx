import { router } from 'expo-router'
import { useEffect } from 'react'
import { trpc } from '../../connection/trpc.ts'
import { Words } from '../../ui/words.tsx'

/** Meets people whom a payment page led back into an app that was ended meanwhile: reads what they bought, then shows the start. */
export function CheckoutReturn() {
  const utils = trpc.useUtils()
  useEffect(() => {
    void readAgain().then(() => router.replace('/'))

    async function readAgain(): Promise<void> {
      try {
        utils.billing.balance.setData(undefined, await utils.client.billing.refresh.mutate())
      } catch {
        // The start page asks for the balance by itself.
      }
    }
  }, [utils])
  return <Words as="quiet">Reading what you bought…</Words>
}
