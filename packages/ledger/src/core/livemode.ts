import { sql } from 'kysely'

/**
 * A field of Flowglad's records that is always false: a self-hosted backend has one ledger, and the payment provider decides whether money
 * is real.
 */
export const LIVEMODE = sql<boolean>`false`.as('livemode')
