import type { Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { betterAuth } from 'better-auth'
import { anonymous, bearer } from 'better-auth/plugins'
import { CLIENT_ADDRESS_HEADER } from '../http/client-address.ts'
import { customerOfNewUser } from './customer-of-new-user.ts'
import { keepNewSession } from './keep-new-session.ts'
import { organizations } from './organizations.ts'

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
    logger: { log: (level, message) => logger[level]({}, `auth: ${withoutAddresses(message)}`) },
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
        '/organization/invite-member': { window: 60, max: 30 },
        '/get-session': false,
      },
    },
    advanced: {
      // Only our own header, written from the socket, is believed: anything a caller sends could be rotated.
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      useSecureCookies: secureCookies,
      // Said in so many words, because the library turns both checks off wherever NODE_ENV is "test".
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
      // Its own way of removing guests knows nothing of what they bought.
      anonymous({ generateName: () => 'Guest', disableDeleteAnonymousUser: true }),
      organizations(),
      keepNewSession(),
    ],
  })
}

/** The library names the person in some of its messages. */
function withoutAddresses(message: string): string {
  return message.replaceAll(/[^\s<>"']+@[^\s<>"']+/g, '[address]')
}
