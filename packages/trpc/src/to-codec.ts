import type { Codec } from '@tollgate/metering'

/** What tRPC makes of the `transformer` of a root. */
export type RuntimeTransformer = { output: Codec }

/** How answers are kept for a retry: as the transformer of the application writes them; null where it has none. */
export function toCodec({ output }: RuntimeTransformer): Codec | null {
  const probe = {}
  // Without a transformer, tRPC's own is the identity.
  return output.serialize(probe) === probe ? null : output
}
