import { randomBytes } from 'node:crypto'
import type { Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { betterAuth } from 'better-auth'
import { anonymous, bearer } from 'better-auth/plugins'
import { CLIENT_ADDRESS_HEADER } from '../http/client-address.ts'
import { adoptGuestCustomer } from './adopt-guest-customer.ts'

export type Auth = ReturnType<typeof createAuth>

/** Sign-in by e-mail and password, as a guest, by cookie or by bearer token. */
export function createAuth(options: {
  database: Database
  secret: string
  baseUrl: string
  trustedOrigins: string[]
  secureCookies: boolean
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
    logger: { log: (level, message) => logger[level]({}, `auth: ${message}`) },
    emailAndPassword: { enabled: true, minPasswordLength: 8 },
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
        '/get-session': false,
      },
    },
    advanced: {
      // Only our own header, written from the socket, is believed: anything a caller sends could be rotated.
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      useSecureCookies: secureCookies,
    },
    databaseHooks: {
      user: {
        create: {
          before: async (user) => ({ data: { ...user, customerId: newCustomerId() } }),
        },
      },
    },
    plugins: [
      bearer(),
      anonymous({
        generateName: () => 'Guest',
        onLinkAccount: async ({ anonymousUser, newUser, ctx }) => {
          // Signing in to an account that existed keeps that account's customer: a guest's free credits are not a gift to it.
          if (ctx.path !== '/sign-up/email') return
          await adoptGuestCustomer(database, {
            guestUserId: anonymousUser.user.id,
            userId: newUser.user.id,
          })
        },
      }),
    ],
  })
}

function newCustomerId(): string {
  return `cus_${randomBytes(15).toString('base64url')}`
}
