import type { BillingCustomer } from '@tollgate/contract'
import { catalog } from '@tollgate/contract/catalog'
import { API_KEY_NAME_MAX } from '@tollgate/contract/copy'
import { instantSchema } from '@tollgate/contract/schema'
import { TRPCError, type TRPCRouterRecord } from '@trpc/server'
import { z } from 'zod'
import { allowance } from '../limits/limit-schemas.ts'
import { readProcedures } from '../open-api/read-procedures.ts'
import { freeProcedure, protectedProcedure } from '../trpc.ts'
import type { Context } from '../context.ts'
import type { ApiKeyRecord, KeyOwner } from './api-keys.ts'
import { ownerOf } from './owner-of.ts'

/**
 * Creates, lists and revokes the keys of the caller, or of the organization that it pays for; a key's scope is chosen among the procedures
 * of `sold`.
 */
export function keyProcedures(sold: TRPCRouterRecord) {
  const procedure = z.enum(readProcedures(sold).map(({ path }) => path))
  const meter = z.enum(Object.keys(catalog.meters))
  return {
    /** Creates a key and returns its secret, which is never shown again; free. */
    create: freeProcedure('creates an API key, which costs nothing')
      .input(
        z.object({
          name: z.string().trim().min(1).max(API_KEY_NAME_MAX).describe('What the key is for'),
          procedures: scopeOf(procedure).describe('What it may call; null for everything sold'),
          meters: scopeOf(meter).describe('What it may spend; null for every meter'),
          expiresInDays: z.int().min(1).max(3660).nullable().default(null),
          limits: z
            .array(allowance)
            .max(Object.keys(catalog.meters).length)
            .refine(isOnePerMeter, 'names a meter twice')
            .default([])
            .describe('What it may spend of each meter; without one, what its owner has'),
        }),
      )
      .output(z.object({ key: keyRecord, secret: z.string().describe('Shown once: keep it') }))
      .mutation(async ({ ctx, input }) => {
        if (ctx.isGuest) throw forbidden(GUEST)
        if (ctx.user?.membership?.mayBuy === false) {
          throw new TRPCError({ code: 'PRECONDITION_FAILED', message: ORGANIZATION })
        }
        const created = await ctx.apiKeys.create(requireOwner(ctx), input)
        if (created) {
          await limitKey(ctx, { id: created.key.id, limits: input.limits })
          return created
        }
        throw new TRPCError({
          code: 'CONFLICT',
          message: 'This account has as many API keys as it may have. Revoke one first.',
        })
      }),
    /** The caller's keys, newest first; free. */
    list: protectedProcedure
      .output(z.object({ keys: z.array(keyRecord) }))
      .query(async ({ ctx }) => ({ keys: await ctx.apiKeys.list(requireOwner(ctx)) })),
    /** Revokes a key immediately; free. */
    revoke: freeProcedure('revokes an API key, which costs nothing')
      .input(z.object({ id: z.uuid() }))
      .output(z.object({ revoked: z.boolean().describe('False when there was no such key') }))
      .mutation(async ({ ctx, input }) => ({
        revoked: await ctx.apiKeys.revoke(requireOwner(ctx), input.id),
      })),
  }
}

function isOnePerMeter(limits: readonly { meter: string }[]): boolean {
  return new Set(limits.map(({ meter }) => meter)).size === limits.length
}

/** A key whose limits could not be set is not handed out. */
async function limitKey(
  ctx: Pick<Context, 'user' | 'apiKeys' | 'metering'> & { customer: BillingCustomer },
  { id, limits }: { id: string; limits: readonly z.infer<typeof allowance>[] },
): Promise<void> {
  const { customer, metering } = ctx
  try {
    for (const limit of limits) {
      await metering.limits.set({ customer, subject: { kind: 'key', id }, ...limit })
    }
  } catch (error) {
    await ctx.apiKeys.revoke(requireOwner(ctx), id)
    throw error
  }
}

function requireOwner(ctx: Pick<Context, 'user'>): KeyOwner {
  const owner = ownerOf(ctx)
  if (!owner) throw forbidden(NO_USER)
  return owner
}

const GUEST = 'A guest has no API keys. Create an account first; your balance stays.'
const ORGANIZATION =
  'Only those who pay for this organization can create its API keys. Ask an owner, or switch to your own account to create one of your own.'
const NO_USER = 'Only a user who has signed in has API keys.'

function forbidden(message: string): TRPCError {
  return new TRPCError({ code: 'FORBIDDEN', message })
}

function scopeOf(slug: z.ZodType<string>) {
  return z.array(slug).min(1).max(100).nullable().default(null)
}

const keyRecord: z.ZodType<ApiKeyRecord> = z.object({
  id: z.string(),
  name: z.string(),
  hint: z.string().describe('The last characters of the secret'),
  procedures: z.array(z.string()).nullable(),
  meters: z.array(z.string()).nullable(),
  createdAt: instantSchema,
  expiresAt: instantSchema.nullable(),
  lastUsedAt: instantSchema.nullable(),
})
