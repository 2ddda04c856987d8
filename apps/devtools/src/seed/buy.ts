import { z } from 'zod'
import type { PersonaSession } from './persona-session.ts'

const checkout = z.object({ url: z.string() })

/** Buys through a checkout; the page of a test payment is a plain form. */
export async function buy(session: PersonaSession, priceSlug: string): Promise<void> {
  const { url } = checkout.parse(
    await session.call('billing.checkout', { priceSlug, returnTo: '/' }),
  )
  const response = await fetch(`${url}/pay`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: new URL(url).origin },
  })
  await response.arrayBuffer()
  if (response.status !== 303) throw new Error(`The test payment answered ${response.status}.`)
}
