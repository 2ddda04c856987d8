import type { AppRouter } from '@tollgate/api'
import { createIntentStore, webIntentStorage } from '@tollgate/client'
import { createTollgate } from '@tollgate/client/react'

/** Who pays for the clicks of this window; kept while signed out, so that a click of before is still known afterwards. */
export const payer = { customerId: 'signed-out' }

/** The Studio's own connection to the product. */
export const tollgate = createTollgate<AppRouter>({
  url: '/trpc',
  streams: { 'text.summarize': true },
  intents: createIntentStore({
    storage: webIntentStorage(localStorage),
    owner: () => payer.customerId,
  }),
})
