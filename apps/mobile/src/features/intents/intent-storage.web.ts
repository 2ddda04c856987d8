import { webIntentStorage } from '@tollgate/client'

/** Stores intents in this browser, across sessions. */
export const intentStorage = webIntentStorage(localStorage)
