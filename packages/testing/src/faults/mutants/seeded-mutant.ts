/** A mistake that could be made in one source file, and the test that has to notice it. */
export type SeededMutant = {
  name: string
  /** From the root of the repository. */
  file: string
  /** Text that is in the file exactly once, and what stands there instead. */
  edits: { find: string; replace: string }[]
  /** The test file, and the beginning of the titles in it of which one has to fail. */
  test: string
  title: string
}

/** Describes a mistake: what it is about, where it is made, and where it has to be noticed. */
export function seededMutant(
  name: string,
  [file, ...edits]: [file: string, ...edits: [find: string, replace: string][]],
  [test, title]: [test: string, title: string],
): SeededMutant {
  return { name, file, edits: edits.map(([find, replace]) => ({ find, replace })), test, title }
}

/** The source with the mistake in it; throws when the text it replaces is not there exactly once. */
export function applyMutant({ name, file, edits }: SeededMutant, source: string): string {
  return edits.reduce((text, { find, replace }) => {
    if (text.split(find).length !== 2) {
      throw new Error(`Mutant "${name}" does not fit ${file}: its text must be there exactly once.`)
    }
    return text.replace(find, () => replace)
  }, source)
}
