import type {
  AnyRouter,
  AnyTRPCClientTypes,
  inferTransformedProcedureOutput,
  TRPCMutationProcedure,
} from '@trpc/server'
import type { Mistake } from './mistake.ts'

/** A router's billed procedures by name, to select one: `(api) => api.images.generate`. */
export type BilledApi<Router extends AnyRouter> = BilledIn<
  Router['_def']['_config']['$types'],
  Router['_def']['record']
>

/** A billed procedure: its input, its output, and what it charges if that does not depend on the input. */
export interface BilledCall<Input, Output, Charges> {
  readonly input: Input
  readonly output: Output
  readonly charges: Charges
}

/** A streaming billed procedure, whose last chunk is its receipt. */
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

/** The chunks of a stream without the receipt at its end, which billing adds. */
type ChunkOf<Output> =
  Output extends AsyncIterable<infer Chunk> ? Exclude<Chunk, { type: 'receipt' }> : never
