import type { TRPCDataTransformer } from '@trpc/server'
import { keptIn } from './kept.ts'

/** What makes two inputs equal: their content; of the files in a form, names and sizes; of bytes, the object itself. */
export function contentOf(input: unknown, transformer: TRPCDataTransformer): unknown {
  if (keptIn(input) === 'device') return JSON.stringify(transformer.serialize(input))
  // A phone's `FormData` cannot list its entries.
  if (!(input instanceof FormData && 'entries' in input)) return input
  return JSON.stringify(['form', ...Array.from(input.entries(), describe)])
}

function describe([name, value]: [string, FormDataEntryValue]): unknown[] {
  if (typeof value === 'string') return [name, value]
  return [name, value.name, value.size, value.type, value.lastModified]
}
