import { billing } from './billing.ts'
import { generate } from './images/generate.ts'
import { summarize } from './text/summarize.ts'
import { qrCode } from './tools/qr-code.ts'
import { router } from './trpc.ts'

/** What the product sells: a new billed procedure is one more row. */
const sold = {
  images: { generate },
  text: { summarize },
  tools: { qrCode },
}

/** Every procedure by its name. */
export const appRouter = router({
  ...sold,
  billing: billing.router,
})

/** The router's types, which are all that a client may import. */
export type AppRouter = typeof appRouter
