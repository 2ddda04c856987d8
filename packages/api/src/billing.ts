import { catalog } from '@tollgate/contract/catalog'
import { createBilling } from '@tollgate/trpc'
import { allowsExternalPurchase } from './allows-external-purchase.ts'
import { subjectsOf } from './runs/subjects-of.ts'
import { asMember } from './team/as-member.ts'
import { addressFile } from './results/address-file.ts'
import { protectedProcedure, t } from './trpc.ts'

/** Billing for the product's procedures. */
export const billing = createBilling({
  t,
  procedure: protectedProcedure,
  catalog,
  metering: (ctx) => ctx.metering,
  customer: ({ customer: { customerId: id, name, email }, isGuest, user, until, expiresAt }) => ({
    id,
    name,
    email,
    isGuest,
    ...(user?.membership ? asMember(user.id, user.membership) : {}),
    ...(until ? { until } : {}),
    ...(expiresAt === null ? {} : { expiresAt }),
  }),
  subjects: ({ user, apiKey }) => [
    ...(user?.membership ? [{ kind: 'member' as const, id: user.id }] : []),
    ...(apiKey ? subjectsOf(apiKey) : []),
  ],
  publicUrl: (ctx) => ctx.publicUrl,
  mayBuy: (ctx) => allowsExternalPurchase(ctx.headers),
  acceptRequestIdAsKey: (ctx) => ctx.acceptRequestIdAsKey,
  present: addressFile,
  // A guest has not taken over any other.
  guestsOf: (ctx, customerId) => (ctx.isGuest ? [] : (ctx.guestsOf?.(customerId) ?? [])),
  signReceipt: (ctx) => ctx.signReceipt,
  streamSlots: (ctx) => ctx.streamSlots,
  logger: (ctx) => ctx.logger,
})
