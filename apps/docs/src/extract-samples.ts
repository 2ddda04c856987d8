import type { Page } from './read-pages.ts'

/** A piece of code in the guide that must compile, at the place it would have in the repository. */
export type Sample = { page: string; path: string; code: string }

/** Finds the blocks marked "ts check"; the first line of each is a comment with its path. */
export function extractSamples(pages: readonly Page[]): Sample[] {
  return pages.flatMap(({ file, text }) =>
    [...text.matchAll(/^```tsx? check\n\/\/ (\S+)\n(.*?)^```$/gms)].map(
      ([, path = '', code = '']) => ({ page: file, path, code }),
    ),
  )
}
