import type { AppRouter } from '@tollgate/api'
import { createIntentStore, webIntentStorage } from '@tollgate/client'
import { createTollgate } from '@tollgate/client/react'

/** The account that pays for calls of this window. */
export const payer: {
  /** The account on screen; null when signed out. */
  account: string | null
  /** The owner of recorded intents; kept while signed out, so that an earlier click is still known afterwards. */
  owner: string
} = { account: null, owner: 'signed-out' }

/** The Studio's own client. */
export const tollgate = createTollgate<AppRouter>({
  url: '/trpc',
  streams: { 'text.summarize': true },
  actingFor: () => payer.account,
  intents: createIntentStore({
    storage: webIntentStorage(localStorage),
    owner: () => payer.owner,
  }),
})
