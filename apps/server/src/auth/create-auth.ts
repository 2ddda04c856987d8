import type { Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { betterAuth } from 'better-auth'
import { anonymous, bearer } from 'better-auth/plugins'
import { CLIENT_ADDRESS_HEADER } from '../http/client-address.ts'
import { withoutAddresses } from '../without-addresses.ts'
import type { SendVerificationMail } from './create-verification-mail.ts'
import { customerOfNewUser } from './customer-of-new-user.ts'
import { keepNewSession } from './keep-new-session.ts'
import { organizations } from './organizations.ts'

/** A day, so that a mail read in the evening still works. */
const VERIFICATION_S = 24 * 60 * 60

export type Auth = ReturnType<typeof createAuth>

/** Sign-in by e-mail and password, as a guest, by cookie or by bearer token. */
export function createAuth(options: {
  database: Database
  secret: string
  baseUrl: string
  trustedOrigins: string[]
  secureCookies: boolean
  /** Left out if e-mail is not configured. */
  sendVerificationMail?: SendVerificationMail | undefined
  logger: Logger
}) {
  const { database, secret, baseUrl, trustedOrigins, secureCookies, logger } = options
  return betterAuth({
    database: database.pool,
    secret,
    baseURL: baseUrl,
    basePath: '/api/auth',
    trustedOrigins,
    telemetry: { enabled: false },
    // Some of the library's messages contain the user's name.
    logger: { log: (level, message) => logger[level]({}, `auth: ${withoutAddresses(message)}`) },
    emailAndPassword: { enabled: true, minPasswordLength: 8 },
    emailVerification: {
      ...(options.sendVerificationMail && { sendVerificationEmail: options.sendVerificationMail }),
      sendOnSignUp: true,
      // A leaked link must not sign anyone in.
      autoSignInAfterVerification: false,
      expiresIn: VERIFICATION_S,
    },
    user: {
      modelName: 'auth_user',
      additionalFields: { customerId: { type: 'string', input: false, required: false } },
    },
    session: { modelName: 'auth_session' },
    account: { modelName: 'auth_account' },
    verification: { modelName: 'auth_verification' },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'auth_rate_limit',
      window: 60,
      max: 300,
      customRules: {
        '/sign-in/anonymous': { window: 60, max: 60 },
        '/sign-up/email': { window: 60, max: 30 },
        '/sign-in/email': { window: 10, max: 3 },
        '/send-verification-email': { window: 60, max: 10 },
        '/organization/invite-member': { window: 60, max: 30 },
        '/get-session': false,
      },
    },
    advanced: {
      // Trusts only our own header, which is written from the socket: callers could rotate any other.
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      useSecureCookies: secureCookies,
      // Set explicitly, because the library turns both checks off wherever NODE_ENV is "test".
      disableOriginCheck: false,
      disableCSRFCheck: false,
    },
    databaseHooks: {
      user: {
        create: {
          before: async (user, ctx) => ({
            data: { ...user, customerId: await customerOfNewUser(ctx) },
          }),
        },
      },
    },
    plugins: [
      bearer({ requireSignature: true }),
      // The library's removal of guests does not consider their purchases.
      anonymous({ generateName: () => 'Guest', disableDeleteAnonymousUser: true }),
      organizations(),
      keepNewSession(),
    ],
  })
}
