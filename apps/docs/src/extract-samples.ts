import type { Page } from './read-pages.ts'

/** A code sample that must compile at the given path of the repository. */
export type Sample = {
  page: string
  path: string
  code: string
  /** Whether it is a program to run against a server at `TOLLGATE_URL`. */
  runs: boolean
}

/** Extracts the blocks marked "ts check" or "ts check run"; the first line of each is a comment with its path. */
export function extractSamples(pages: readonly Page[]): Sample[] {
  return pages.flatMap(({ file, text }) =>
    [...text.matchAll(/^```tsx? check( run)?\n\/\/ (\S+)\n(.*?)^```$/gms)].map(
      ([, run, path = '', code = '']) => ({ page: file, path, code, runs: run !== undefined }),
    ),
  )
}
