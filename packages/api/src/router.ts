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

/** What the product sells: a new billed procedure is one more row. Callers read a row's comment in their editor. */
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
    /** The model that writes this server's summaries; free. */
    model,
  },
  alerts: alertsRouter,
  billing: billing.router,
  team: {
    /** Asks the owners to buy, or to raise the caller's limit; free. */
    askOwner,
    /** Open requests of members, for those who may buy; free. */
    openRequests,
    /** Marks a member's request as done; free. */
    resolveRequest,
  },
  account: {
    ...accountProcedures,
    /** The names of those who spend the account's credits; free. */
    spenders,
  },
  /** Limits for the account, its members and its API keys. */
  limits: limitProcedures,
  /** API keys, with which programs act as the caller. */
  apiKeys: keyProcedures(sold),
  /** Runs, to which programs give a part of their budget. */
  runs: runProcedures(sold),
})

/** The router's types; the only thing that a client may import. */
export type AppRouter = typeof appRouter
