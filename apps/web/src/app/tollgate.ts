import { createTollgate } from '@tollgate/client/react'
import type { BalanceUpdate } from '@tollgate/contract'

/** Hears of every balance that came with an answer in this window. */
export const balanceNews = new Set<(updates: BalanceUpdate[]) => void>()

/** The Studio's own connection to the product. */
export const tollgate = createTollgate({
  url: '/trpc',
  intentStorage: sessionStorage,
  onBalances: (updates) => balanceNews.forEach((listener) => listener(updates)),
})
