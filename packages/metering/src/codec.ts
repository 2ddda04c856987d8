/**
 * How answers are kept for a retry: `serialize` makes what JSON can carry, `deserialize` the answer of it again. A data transformer of
 * tRPC's is one.
 */
export type Codec = { serialize(answer: unknown): unknown; deserialize(kept: unknown): unknown }
