import { randomUUID } from 'node:crypto'
import type {
  AccountService,
  ApiKeys,
  OperatorCaller,
  PurchaseRequests,
  Runs,
  TeamMembers,
} from '@tollgate/api'
import type { BillingBackend, CustomerId, Logger } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import type { Metering } from '@tollgate/metering'
import type { Config } from '../config.ts'
import { createAccountService } from '../account/create-account-service.ts'
import { createOperatorReader } from '../operator/create-operator-reader.ts'
import type { SendMail } from '../alerts/send-mail.ts'
import { answerOutages } from './answer-outages.ts'
import { createApiKeys } from './create-api-keys.ts'
import { createAuth } from './create-auth.ts'
import { createAuthHandler } from './create-auth-handler.ts'
import type { Caller } from './create-caller-finder.ts'
import { createCallerReader } from './create-caller-reader.ts'
import { createSignInPurger } from './create-sign-in-purger.ts'
import { createVerificationMail } from './create-verification-mail.ts'
import { createRuns } from './create-runs.ts'
import { isLastOwner } from './is-last-owner.ts'
import { refuseSignIn } from './refuse-sign-in.ts'
import { createSignInLimits } from './create-sign-in-limits.ts'
import { createApiKeyFinder } from './find-api-key.ts'
import { createGuestPurchases } from './guest-purchases.ts'
import { createGuestTakeovers } from './guest-takeovers.ts'
import { createPurchaseRequests } from './purchase-requests.ts'
import { createTeamMembers } from './team-members.ts'
import { watchOutages } from './watch-outages.ts'

/** Sign-in as the server uses it; each method throws the outage when its database is unavailable. */
export type SignIn = {
  /** The caller of these headers; null without a valid session. Throws the refusal of an invalid API key. */
  readCaller(headers: Headers): Promise<Caller | null>
  /** Whether these headers belong to an operator who signed in recently. */
  readOperator(headers: Headers): Promise<OperatorCaller>
  /** Serves the sign-in routes. */
  handle(request: Request): Promise<Response>
  /** The customers of the guests that were merged into this customer's account. */
  guestsOf(account: CustomerId): Promise<CustomerId[]>
  /** What members ask their organization's owners for. */
  purchaseRequests: PurchaseRequests
  /** The members of organizations. */
  teamMembers: TeamMembers
  /** API keys. */
  apiKeys: ApiKeys
  /** Runs, which spend part of a key's budget. */
  runs: Runs
  /** Deletes users and organizations. */
  account: AccountService
  stop(): Promise<void>
}

/** Composes sessions, the limits of sign-in, and the rules for a guest's purchases. */
export async function openSignIn(options: {
  database: Database
  secret: string
  config: Pick<Config, 'publicUrl' | 'newCustomersPerAddressPerDay' | 'keptDays'>
  trustedOrigins: string[]
  backend: BillingBackend
  metering: Metering
  /** Null if e-mail is not configured. */
  sendMail: SendMail | null
  logger: Logger
}): Promise<SignIn> {
  const { secret, trustedOrigins, logger, backend, metering, sendMail } = options
  const { publicUrl, newCustomersPerAddressPerDay: newCustomersPerDay } = options.config
  const { database, revealOutages } = watchOutages(options.database)
  const auth = createAuth({
    database,
    secret,
    baseUrl: publicUrl,
    trustedOrigins,
    secureCookies: publicUrl.startsWith('https:'),
    sendVerificationMail: sendMail
      ? createVerificationMail({ database, publicUrl, sendMail, newId: randomUUID, logger })
      : undefined,
    logger,
  })
  const answering = answerOutages(database)
  const limits = createSignInLimits({ database, newCustomersPerDay })
  const findApiKey = createApiKeyFinder({ database, limits, now: Date.now, logger })
  const callers = await createCallerReader({ auth, database, findApiKey })
  const readOperator = createOperatorReader({ auth, database })
  const takeovers = createGuestTakeovers({ database })
  const keptDays = options.config.keptDays.signIn
  const purger = createSignInPurger({ database, keptDays, logger })
  purger.start()
  const handle = createAuthHandler({
    auth,
    callers,
    purchases: createGuestPurchases({ backend, metering, newId: randomUUID }),
    takeovers,
    limits,
  })
  return {
    readCaller: (headers) => revealOutages(() => callers.read(headers)),
    readOperator: (headers) => revealOutages(() => readOperator(headers)),
    handle: (request) =>
      revealOutages(() => handle(request)).catch((error: unknown) => {
        if (isLastOwner(error)) return refuseSignIn({ reason: 'last_owner' })
        throw error
      }),
    guestsOf: (account) => revealOutages(() => takeovers.guestsOf(account)),
    purchaseRequests: createPurchaseRequests({ database: answering }),
    teamMembers: createTeamMembers({ database: answering }),
    // The database notifies other servers, possibly after the next request of this caller.
    apiKeys: createApiKeys({ database: answering, onRevoked: callers.clear }),
    runs: createRuns({ database: answering }),
    account: createAccountService({ database: answering, backend, onDeleted: callers.clear }),
    async stop() {
      await Promise.all([callers.stop(), purger.stop()])
    },
  }
}
