import type { TRPCCombinedDataTransformer, TRPCDataTransformer } from '@trpc/server'

/** The `transformer` of the server's tRPC root, such as superjson. */
export type Transformer = TRPCDataTransformer | TRPCCombinedDataTransformer

/** Leaves everything as plain JSON. */
export const NO_TRANSFORMER: TRPCDataTransformer = {
  serialize: (value) => value,
  deserialize: (value) => value,
}

/** The half of it that serializes inputs. */
export function inputTransformer(transformer: Transformer): TRPCDataTransformer {
  return 'input' in transformer ? transformer.input : transformer
}
