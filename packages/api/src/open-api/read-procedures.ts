import { type PriceDescription, priceDescriptionOf } from '@tollgate/trpc'
import type { TRPCRouterRecord } from '@trpc/server'
import { z } from 'zod'
import { receiptChunk } from './receipt-chunk.ts'

/** A procedure of a router, as far as a document can describe its input and output. */
export type ListedProcedure = {
  path: string
  type: 'query' | 'mutation' | 'subscription'
  /** Its price; null for a free one. */
  billing: PriceDescription | null
  input: z.ZodType | null
  /** From its `.output()`; null when it has none. */
  output: z.ZodType | null
}

/** Lists every procedure of a router by its full path. */
export function readProcedures(
  record: TRPCRouterRecord,
  parents: readonly string[] = [],
): ListedProcedure[] {
  return Object.entries(record).flatMap(([name, entry]) => {
    const path = [...parents, name]
    if (typeof entry !== 'function') return readProcedures(entry, path)
    return {
      path: path.join('.'),
      type: entry._def.type,
      billing: priceDescriptionOf(entry),
      input: inputOf(entry._def),
      output: outputOf(entry._def),
    }
  })
}

function inputOf(definition: object): z.ZodType | null {
  const inputs: unknown = Reflect.get(definition, 'inputs')
  return Array.isArray(inputs) ? (inputs.find(isSchema) ?? null) : null
}

/** A stream is described as a list of its chunks and the receipt, which is what a caller gets that does not read it as a stream. */
function outputOf(definition: object): z.ZodType | null {
  const output: unknown = Reflect.get(definition, 'output')
  if (isSchema(output)) return output
  const isStream = typeof output === 'object' && output !== null && 'chunk' in output
  if (!isStream || !isSchema(output.chunk)) return null
  return z.array(z.union([output.chunk, receiptChunk]))
}

function isSchema(value: unknown): value is z.ZodType {
  return value instanceof z.ZodType
}
