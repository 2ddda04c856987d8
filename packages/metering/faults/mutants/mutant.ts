/** The file of one of metering's functions. */
export const routine = (name: string): string => `routines/${name}.sql`

/** A possible mistake: text in the files of this package, and its replacements. */
export type Mutant = {
  name: string
  edits: { file: string; find: string; replace: string }[]
  /** The invariants of which one must catch it, by id. */
  caughtBy: string[]
  /** Whether it shows only over two databases. */
  isOfShards?: boolean
}

/** Describes a mistake; each edit is a file, text that occurs in it exactly once, and the replacement. */
export function mutant(
  name: string,
  caughtBy: string[],
  ...edits: [file: string, find: string, replace: string][]
): Mutant {
  return { name, caughtBy, edits: edits.map(([file, find, replace]) => ({ file, find, replace })) }
}
