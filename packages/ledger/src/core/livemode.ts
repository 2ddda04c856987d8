import { sql } from 'kysely'

/**
 * A field of Flowglad's records that is always false: a self-hosted backend has one ledger, and what is real money is the payment
 * provider's to say.
 */
export const LIVEMODE = sql<boolean>`false`.as('livemode')
