import { webIntentStorage } from '@tollgate/client'

/** Keeps intents for this browser, also after it was closed. */
export const intentStorage = webIntentStorage(localStorage)
