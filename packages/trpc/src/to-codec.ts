import type { Codec } from '@tollgate/metering'

/** The `transformer` of a root, as tRPC normalizes it. */
export type RuntimeTransformer = { output: Codec }

/** How results are stored for a retry: serialized by the application's transformer; null without one. */
export function toCodec({ output }: RuntimeTransformer): Codec | null {
  const probe = {}
  // Without a transformer, tRPC's default is the identity.
  return output.serialize(probe) === probe ? null : output
}
