import type { Page } from './read-pages.ts'

/** A piece of code in the documentation that must compile, at the place it would have in the repository. */
export type Sample = {
  page: string
  path: string
  code: string
  /** Whether it is a program that ends by itself, against a server at `TOLLGATE_URL`. */
  runs: boolean
}

/** Finds the blocks marked "ts check" or "ts check run"; the first line of each is a comment with its path. */
export function extractSamples(pages: readonly Page[]): Sample[] {
  return pages.flatMap(({ file, text }) =>
    [...text.matchAll(/^```tsx? check( run)?\n\/\/ (\S+)\n(.*?)^```$/gms)].map(
      ([, run, path = '', code = '']) => ({ page: file, path, code, runs: run !== undefined }),
    ),
  )
}
