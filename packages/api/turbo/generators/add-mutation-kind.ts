import type { Names } from './read-names.ts'

/** Adds a procedure to the client's table of mutations, after the last billed one. */
export function addMutationKind(text: string, { path }: Names): string {
  const lastBilled = /^( {2}'[\w.]+': 'billed(?:_stream)?',\n)(?! {2}'[\w.]+': 'billed)/m
  const added = text.replace(lastBilled, `$1  '${path}': 'billed',\n`)
  if (added === text) {
    throw new Error('mutation-kinds.ts has no billed rows any more; add the row by hand.')
  }
  return added
}
