import type { AppRouter } from '@tollgate/api'
import { createIntentStore, webIntentStorage } from '@tollgate/client'
import { createTollgate } from '@tollgate/client/react'

/** Who pays for the clicks of this window. */
export const payer: {
  /** The account it shows; null when no one is signed in. */
  account: string | null
  /** Whose clicks are recorded; kept while signed out, so that a click of before is still known afterwards. */
  owner: string
} = { account: null, owner: 'signed-out' }

/** The Studio's own connection to the product. */
export const tollgate = createTollgate<AppRouter>({
  url: '/trpc',
  streams: { 'text.summarize': true },
  actingFor: () => payer.account,
  intents: createIntentStore({
    storage: webIntentStorage(localStorage),
    owner: () => payer.owner,
  }),
})
