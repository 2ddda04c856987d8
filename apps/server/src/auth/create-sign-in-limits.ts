import { createHash } from 'node:crypto'
import type { Database } from '@tollgate/database'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'

/** Failed passwords per account, from all addresses together, before it is locked for a while. */
const FAILURES_PER_ACCOUNT = 10
const FAILURES_WINDOW_S = 15 * 60
/** An address may use a fifth of its daily limit of new customers within ten minutes. */
const AT_ONCE_SHARE = 5
const AT_ONCE_WINDOW_S = 10 * 60
const DAY_S = 24 * 60 * 60
/** Unknown API keys and run tokens per address and minute. */
const UNKNOWN_KEYS_PER_MINUTE = 30
/** Verification mails per account and day; the address may belong to someone else. */
const VERIFICATION_MAILS_PER_DAY = 5
/** Invitations that one user may have sent to one address in a day. */
const INVITATIONS_PER_DAY = 5
/** Invitations that an address may receive in a day from all users together, because accounts are free. */
const INVITATIONS_PER_ADDRESS_PER_DAY = 15

/** Limits sign-in attempts and uses of unknown API keys; each method returns the milliseconds to wait, or null. */
export type SignInLimits = {
  /** Counts an attempt at an account before its password is checked, so that concurrent attempts all count. */
  attempt(email: string): Promise<number | null>
  /** The password was correct: resets the count. */
  succeeded(email: string): Promise<void>
  /** The attempt was blocked before its password was checked: does not count it. */
  takeBack(email: string): Promise<void>
  /** Counts a customer that an address is about to create, as a guest or by signing up. */
  newCustomer(address: string): Promise<number | null>
  /** Counts the use of an unknown API key by an address. */
  unknownKey(address: string): Promise<number | null>
  /** Counts a verification mail that an account requests. */
  verificationMail(userId: string): Promise<number | null>
  /** Counts an invitation that a user is about to send to an address. */
  invitation(invited: { by: string; email: string }): Promise<number | null>
}

/** Counts in the database, so that all servers share the limits. */
export function createSignInLimits(options: {
  database: Database
  newCustomersPerDay: number
}): SignInLimits {
  const { database, newCustomersPerDay } = options
  const limiter = (keyPrefix: string, points: number, duration: number) =>
    new RateLimiterPostgres({
      storeClient: database.pool,
      // By default it is derived from the pool's class name, which bundling changes.
      storeType: 'pool',
      tableName: 'auth_limit',
      tableCreated: true,
      clearExpiredByTimeout: true,
      keyPrefix,
      points,
      duration,
    })
  const failures = limiter('account', FAILURES_PER_ACCOUNT, FAILURES_WINDOW_S)
  const atOnce = limiter('burst', Math.ceil(newCustomersPerDay / AT_ONCE_SHARE), AT_ONCE_WINDOW_S)
  const aDay = limiter('day', newCustomersPerDay, DAY_S)
  const unknownKeys = limiter('key', UNKNOWN_KEYS_PER_MINUTE, 60)
  const invitations = limiter('invitation', INVITATIONS_PER_DAY, DAY_S)
  const invitationsOfAddress = limiter('invited', INVITATIONS_PER_ADDRESS_PER_DAY, DAY_S)
  const verificationMails = limiter('verification', VERIFICATION_MAILS_PER_DAY, DAY_S)
  return {
    attempt: (email) => consume(failures, keyOf(email)),
    succeeded: async (email) => {
      await failures.delete(keyOf(email))
    },
    takeBack: async (email) => {
      await failures.reward(keyOf(email))
    },
    // In this order, so that an attempt blocked for ten minutes does not use up the daily limit.
    newCustomer: async (address) => (await consume(atOnce, address)) ?? consume(aDay, address),
    unknownKey: (address) => consume(unknownKeys, address),
    verificationMail: (userId) => consume(verificationMails, userId),
    // In this order, so that invitations refused to one user do not use up the address's limit.
    invitation: async ({ by, email }) =>
      (await consume(invitations, `${by} ${keyOf(email)}`)) ??
      consume(invitationsOfAddress, keyOf(email)),
  }
}

async function consume(limiter: RateLimiterPostgres, key: string): Promise<number | null> {
  try {
    await limiter.consume(key)
    return null
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return refused.msBeforeNext
    throw refused
  }
}

/** Hashed, so that the table of counters contains no personal data. */
function keyOf(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('base64url')
}
