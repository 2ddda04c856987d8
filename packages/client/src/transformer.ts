import type { TRPCCombinedDataTransformer, TRPCDataTransformer } from '@trpc/server'

/** What the server's tRPC root was given as `transformer`, superjson for one. */
export type Transformer = TRPCDataTransformer | TRPCCombinedDataTransformer

/** Leaves everything as JSON has it. */
export const NO_TRANSFORMER: TRPCDataTransformer = {
  serialize: (value) => value,
  deserialize: (value) => value,
}

/** The half of it that inputs go through. */
export function inputTransformer(transformer: Transformer): TRPCDataTransformer {
  return 'input' in transformer ? transformer.input : transformer
}
