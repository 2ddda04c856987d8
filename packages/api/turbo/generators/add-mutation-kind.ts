import type { Names } from './read-names.ts'

/** Adds a procedure to the client's table of mutations, after the last billed one or as the first row. */
export function addMutationKind(text: string, { path }: Names): string {
  const lastBilled = /^( {2}'[\w.]+': 'billed(?:_stream)?',\n)(?! {2}'[\w.]+': 'billed)/m
  const place = lastBilled.test(text) ? lastBilled : /^(export const MUTATION_KINDS = \{\n)/m
  const added = text.replace(place, `$1  '${path}': 'billed',\n`)
  if (added === text) {
    throw new Error('mutation-kinds.ts has no table MUTATION_KINDS any more; add the row by hand.')
  }
  return added
}
