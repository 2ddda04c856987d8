/** Stands for the newest migration that has the text: a function is what was said of it last. */
export const MIGRATIONS = 'migrations'

/** A mistake somebody could make: text in one file of this package, and what it would be replaced by. */
export type Mutant = {
  name: string
  edits: { file: string; find: string; replace: string }[]
  /** What must catch it: one of these, by name. */
  caughtBy: string[]
}

/** Describes a mistake; each edit is a file, text that is in it exactly once, and what comes in its place. */
export function mutant(
  name: string,
  caughtBy: string[],
  ...edits: [file: string, find: string, replace: string][]
): Mutant {
  return { name, caughtBy, edits: edits.map(([file, find, replace]) => ({ file, find, replace })) }
}
