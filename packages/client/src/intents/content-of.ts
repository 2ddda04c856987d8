import type { TRPCDataTransformer } from '@trpc/server'
import { keptIn } from './kept.ts'

/** What makes an input the same as another one: its content, of a form the names and sizes of its files; of bytes which ones they are. */
export function contentOf(input: unknown, transformer: TRPCDataTransformer): unknown {
  if (keptIn(input) === 'device') return JSON.stringify(transformer.serialize(input))
  // A phone's forms do not list what is in them.
  if (!(input instanceof FormData && 'entries' in input)) return input
  return JSON.stringify(['form', ...Array.from(input.entries(), describe)])
}

function describe([name, value]: [string, FormDataEntryValue]): unknown[] {
  if (typeof value === 'string') return [name, value]
  return [name, value.name, value.size, value.type, value.lastModified]
}
