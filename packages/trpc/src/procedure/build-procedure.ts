import type { Catalog } from '@tollgate/contract'
import type { Codec } from '@tollgate/metering'
import type { AnyTRPCMutationProcedure } from '@trpc/server'
import type { Caller } from '../billing-options.ts'
import type { Finders } from '../create-finders.ts'
import { bill, type NextResult } from './bill.ts'
import { billedOperation } from './billed-operation.ts'
import { checkExamples } from './check-examples.ts'
import { describePrice } from './describe-price.ts'
import type { AnyPrice } from './price.ts'
import type { Schema } from './schema.ts'
import { type ParsedPrice, parsePrice } from './parse-price.ts'
import { registerPrice } from './registered-price.ts'
import { warnOnce } from './warn-once.ts'
import { watchReports } from './watch-reports.ts'

/** The part of tRPC's builder that billing uses at run time; its public type is in `billed-procedure.ts`. */
export interface RuntimeBuilder {
  use(middleware: unknown): RuntimeBuilder
  input(schema: unknown): RuntimeBuilder
  output(schema: unknown): RuntimeBuilder
  meta(meta: object): RuntimeBuilder
  mutation(resolver: unknown): AnyTRPCMutationProcedure
}

/** What all billed procedures of an application share. */
export type ProcedureParts = {
  catalog: Catalog
  procedure: RuntimeBuilder
  finders: Finders
  /** How results are stored for a retry. */
  codec: Codec | null
  /** Whether to warn about suspicious code that is not certainly wrong. */
  isDev: boolean
}

/** A billed procedure under construction: the application's builder, and what is collected until the work is defined. */
type Draft = {
  real: RuntimeBuilder
  schemas: readonly Schema[]
  /** Middleware added after the price, which runs inside the hold. */
  inside: readonly unknown[]
  output: unknown
  price: ParsedPrice | null
}

/** Makes the builder of billed procedures, which is called with a price or gets one later. */
export function createProcedureBuilder(parts: ProcedureParts): object {
  const real = parts.procedure.use(async ({ ctx, next }: MiddlewareCall) =>
    next({ ctx: { [CALLER]: await parts.finders.caller(ctx) } }),
  )
  const draft = { real, schemas: [], inside: [], output: null, price: null }
  const priced = (from: Draft) => (terms: AnyPrice) =>
    step({ ...from, price: parsePrice(parts.catalog, terms) })
  return Object.assign(priced(draft), step(draft))

  function step(from: Draft): object {
    const { real, schemas, inside, price } = from
    return {
      use: (middleware: unknown) =>
        price
          ? step({ ...from, inside: [...inside, middleware] })
          : step({ ...from, real: real.use(middleware) }),
      input: (schema: Schema) =>
        step({ ...from, real: real.input(schema), schemas: [...schemas, schema] }),
      output: (output: unknown) => step({ ...from, output }),
      meta: (meta: object) => step({ ...from, real: real.meta(meta) }),
      ...(price
        ? { mutation: (work: Work) => define(parts, { ...from, price }, work) }
        : { price: priced(from) }),
    }
  }
}

/** The work, as the author of a procedure writes it. */
type Work = (options: {
  input: unknown
  ctx: object
  signal: AbortSignal
  operation: object
}) => unknown

/**
 * Billing comes after the inputs, so that the price gets them parsed, and before the output, so that an invalid output is not charged.
 */
function define(
  { finders, codec, isDev }: ProcedureParts,
  { real, schemas, inside, output, price }: Draft & { price: ParsedPrice },
  work: Work,
): AnyTRPCMutationProcedure {
  checkExamples(price, schemas)
  const meters = price.charges.map(({ meter }) => meter)
  const watches = isDev && price.settle === 'reported'
  const warn = warnOnce()
  const billed = (schemas.length > 0 ? real : real.input(NOTHING))
    .meta({ billing: describePrice(price) })
    .use(async ({ ctx, path, input, getRawInput, batchIndex, signal, next }: MiddlewareCall) =>
      bill({
        price,
        services: finders.services(ctx),
        caller: ctx[CALLER],
        ctx,
        path,
        input,
        sent: schemas.length > 0 ? await getRawInput() : null,
        batchIndex,
        signal,
        codec,
        async next(running) {
          const operation = billedOperation(running, meters)
          if (!watches) return next({ ctx: { operation } })
          const watched = watchReports(operation, (report) => warn(flatReports(path, report)))
          const result = await next({ ctx: { operation: watched.operation } })
          return result.ok ? { ...result, data: watched.chunksOf(result.data) } : result
        },
      }),
    )
  const procedure = inside
    .reduce((builder: RuntimeBuilder, middleware) => builder.use(middleware), billed)
    .output(output ?? ((value: unknown) => value))
    .mutation(({ ctx, input }: { ctx: Inside; input: unknown }) => {
      const { operation } = ctx
      return work({ ctx, input, operation, signal: operation.signal })
    })
  registerPrice(procedure, { price, schemas })
  return procedure
}

function flatReports(path: string, report: string): string {
  return (
    `${path} reported ${report} three times in a row, with chunks between, so that its whole stream costs no more. ` +
    'report() takes the total so far; for what was used since the last report use operation.add().'
  )
}

type Inside = { operation: ReturnType<typeof billedOperation> }

type MiddlewareCall = {
  ctx: { [CALLER]: Caller }
  path: string
  input: unknown
  getRawInput: () => Promise<unknown>
  batchIndex: number
  signal: AbortSignal | undefined
  next: (options: { ctx: object }) => Promise<NextResult>
}

/** The caller is resolved before the input is read, and kept in the context until the hold is placed. */
const CALLER = Symbol('tollgate.caller')

/** A procedure without an input schema gets no input, whatever was sent. */
const NOTHING = () => undefined
