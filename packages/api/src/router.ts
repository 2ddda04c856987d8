import { accountProcedures } from './account/account-procedures.ts'
import { spenders } from './account/spenders.ts'
import { alertsRouter } from './alerts/alerts-router.ts'
import { keyProcedures } from './api-keys/key-procedures.ts'
import { billing } from './billing.ts'
import { generate } from './images/generate.ts'
import { limitProcedures } from './limits/limit-procedures.ts'
import { runProcedures } from './runs/run-procedures.ts'
import { askOwner } from './team/ask-owner.ts'
import { openRequests } from './team/open-requests.ts'
import { resolveRequest } from './team/resolve-request.ts'
import { model } from './text/model.ts'
import { summarize } from './text/summarize.ts'
import { qrCode } from './tools/qr-code.ts'
import { router } from './trpc.ts'

/** What the product sells: a new billed procedure is one more row. The comment of a row is what its callers read. */
const sold = {
  images: {
    /** A launch card: title, subtitle, style, size and seed decide every pixel, and the same card is charged once. */
    generate,
  },
  text: {
    /** A summary, piece by piece; costs the tokens that went in and came out. */
    summarize,
  },
  tools: {
    /** A QR code of a text or an address in colors of its own, as SVG and PNG. */
    qrCode,
  },
}

/** Every procedure by its name. */
export const appRouter = router({
  ...sold,
  text: {
    ...sold.text,
    /** What writes the summaries of this server; free. */
    model,
  },
  alerts: alertsRouter,
  billing: billing.router,
  team: {
    /** Asks the owners to buy, or to raise the caller's limit; free. */
    askOwner,
    /** What members have asked for, for those who may buy; free. */
    openRequests,
    /** Marks what a member asked for as done; free. */
    resolveRequest,
  },
  account: {
    ...accountProcedures,
    /** Who spends what the account has, by name; free. */
    spenders,
  },
  /** What the account, its members and its API keys may spend. */
  limits: limitProcedures,
  /** The keys with which programs act as the caller. */
  apiKeys: keyProcedures(sold),
  /** What programs give a part of their budget to. */
  runs: runProcedures(sold),
})

/** The router's types, which are all that a client may import. */
export type AppRouter = typeof appRouter
