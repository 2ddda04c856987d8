import { createHash } from 'node:crypto'
import type { Database } from '@tollgate/database'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'

/** Wrong passwords for one account, from wherever they come, before it has to rest. */
const FAILURES_PER_ACCOUNT = 10
const FAILURES_WINDOW_S = 15 * 60
/** So much of a day's new customers an address may have at once: after that the price of one more is waiting. */
const AT_ONCE_SHARE = 5
const AT_ONCE_WINDOW_S = 10 * 60
const DAY_S = 24 * 60 * 60
/** Unknown API keys and run tokens that an address may send in a minute. */
const UNKNOWN_KEYS_PER_MINUTE = 30
/** Verification mails that an account may request in a day; the address may belong to someone else. */
const VERIFICATION_MAILS_PER_DAY = 5
/** Invitations that one person may have sent to one address in a day; the address may be anyone's. */
const INVITATIONS_PER_DAY = 5
/** Invitations that an address may be sent in a day by all people together: accounts cost nothing. */
const INVITATIONS_PER_ADDRESS_PER_DAY = 15

/** Limits attempts to sign in and to use API keys; each method returns the milliseconds to wait, or null. */
export type SignInLimits = {
  /** Counts an attempt at an account, before its password is looked at, so that attempts at once are all counted. */
  attempt(email: string): Promise<number | null>
  /** The password was right: what was counted is forgotten. */
  succeeded(email: string): Promise<void>
  /** The attempt was stopped before its password was looked at. */
  takeBack(email: string): Promise<void>
  /** Counts a customer that an address is about to make, as a guest or by signing up. */
  newCustomer(address: string): Promise<number | null>
  /** Counts an API key that an address has sent and that does not exist. */
  unknownKey(address: string): Promise<number | null>
  /** Counts a mail that an account asks for to verify its address. */
  verificationMail(userId: string): Promise<number | null>
  /** Counts an invitation that a person is about to send to an address. */
  invitation(invited: { by: string; email: string }): Promise<number | null>
}

/** Counts in the database, so that several servers share the figures. */
export function createSignInLimits(options: {
  database: Database
  newCustomersPerDay: number
}): SignInLimits {
  const { database, newCustomersPerDay } = options
  const limiter = (keyPrefix: string, points: number, duration: number) =>
    new RateLimiterPostgres({
      storeClient: database.pool,
      // Left out, it is taken from the name of the pool's class, which a bundled program does not keep.
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
    // In this order: who has to wait for the next ten minutes has not used up a customer of the day.
    newCustomer: async (address) => (await consume(atOnce, address)) ?? consume(aDay, address),
    unknownKey: (address) => consume(unknownKeys, address),
    verificationMail: (userId) => consume(verificationMails, userId),
    // In this order: what one person is refused does not use up what others may send.
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

/** Addresses of people do not belong into a table that only counts. */
function keyOf(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('base64url')
}
