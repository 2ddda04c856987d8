import type {
  AnyRouter,
  AnyTRPCClientTypes,
  inferTransformedProcedureOutput,
  TRPCMutationProcedure,
} from '@trpc/server'
import type { Mistake } from './mistake.ts'

/** A router's billed procedures by their names, to point at one: `(api) => api.images.generate`. */
export type BilledApi<Router extends AnyRouter> = BilledIn<
  Router['_def']['_config']['$types'],
  Router['_def']['record']
>

/** A billed procedure: what it takes, what it answers, and what it charges where that does not depend on the input. */
export interface BilledCall<Input, Output, Charges> {
  readonly input: Input
  readonly output: Output
  readonly charges: Charges
}

/** A billed procedure that answers piece by piece and ends with its receipt. */
export interface BilledStreamCall<Input, Chunk, Charges> {
  readonly input: Input
  readonly chunk: Chunk
  readonly charges: Charges
}

type BilledIn<Root extends AnyTRPCClientTypes, Procedures> = {
  readonly [Name in keyof Procedures]: Procedures[Name] extends TRPCMutationProcedure<
    infer Def extends BilledDef
  >
    ? Def['output'] extends AsyncIterable<unknown>
      ? BilledStreamCall<
          Def['input'],
          ChunkOf<inferTransformedProcedureOutput<Root, Procedures[Name]>>,
          Def['meta']['billing']['charges']
        >
      : BilledCall<
          Def['input'],
          inferTransformedProcedureOutput<Root, Procedures[Name]>,
          Def['meta']['billing']['charges']
        >
    : Procedures[Name] extends { _def: object }
      ? NotBilled
      : BilledIn<Root, Procedures[Name]>
}

interface BilledDef {
  input: unknown
  output: unknown
  meta: { billing: { charges: unknown } }
}

type NotBilled = Mistake<'This procedure costs nothing: call it through client.'>

/** What of a stream is the work's; the receipt at its end is billing's. */
type ChunkOf<Output> =
  Output extends AsyncIterable<infer Chunk> ? Exclude<Chunk, { type: 'receipt' }> : never
