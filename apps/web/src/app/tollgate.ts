import { createIntentStore, webIntentStorage } from '@tollgate/client'
import { createTollgate } from '@tollgate/client/react'
import type { BalanceUpdate } from '@tollgate/contract'

/** Hears of every balance that came with an answer in this window. */
export const balanceNews = new Set<(updates: BalanceUpdate[]) => void>()

/** Who pays for the clicks of this window; kept while signed out, so that a click of before is still known afterwards. */
export const payer = { customerId: 'signed-out' }

/** The Studio's own connection to the product. */
export const tollgate = createTollgate({
  url: '/trpc',
  intents: createIntentStore({
    storage: webIntentStorage(localStorage),
    owner: () => payer.customerId,
  }),
  onBalances: (updates) => balanceNews.forEach((listener) => listener(updates)),
})
