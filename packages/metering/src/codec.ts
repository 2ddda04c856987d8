/**
 * How results are stored for a retry: `serialize` turns a result into JSON-compatible data, `deserialize` reverses it. A tRPC data
 * transformer is one.
 */
export type Codec = { serialize(answer: unknown): unknown; deserialize(kept: unknown): unknown }
