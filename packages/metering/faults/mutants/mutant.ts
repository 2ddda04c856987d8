/** The file of one of metering's functions. */
export const routine = (name: string): string => `routines/${name}.sql`

/** A possible mistake: text in one file of this package, and what it would be replaced by. */
export type Mutant = {
  name: string
  edits: { file: string; find: string; replace: string }[]
  /** What must catch it: one of these, by name. */
  caughtBy: string[]
  /** Whether it shows over two databases only. */
  isOfShards?: boolean
}

/** Describes a mistake; each edit is a file, text that is in it exactly once, and what comes in its place. */
export function mutant(
  name: string,
  caughtBy: string[],
  ...edits: [file: string, find: string, replace: string][]
): Mutant {
  return { name, caughtBy, edits: edits.map(([file, find, replace]) => ({ file, find, replace })) }
}
