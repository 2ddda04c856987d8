/** A possible mistake in one source file, and the test that must detect it. */
export type SeededMutant = {
  name: string
  /** Relative to the root of the repository. */
  file: string
  /** Text that occurs exactly once in the file, and its replacement. */
  edits: { find: string; replace: string }[]
  /** The test file, and the beginning of its titles, of which one has to fail. */
  test: string
  title: string
}

/** Describes a mistake: its name, where it is made, and where it must be detected. */
export function seededMutant(
  name: string,
  [file, ...edits]: [file: string, ...edits: [find: string, replace: string][]],
  [test, title]: [test: string, title: string],
): SeededMutant {
  return { name, file, edits: edits.map(([find, replace]) => ({ find, replace })), test, title }
}

/** The source with the mistake applied; throws unless the text to replace occurs exactly once. */
export function applyMutant({ name, file, edits }: SeededMutant, source: string): string {
  return edits.reduce((text, { find, replace }) => {
    if (text.split(find).length !== 2) {
      throw new Error(`Mutant "${name}" does not fit ${file}: its text must be there exactly once.`)
    }
    return text.replace(find, () => replace)
  }, source)
}
