import { afterEach, expect, it, vi } from 'vitest'
import { formatLocale } from './locale.ts'

afterEach(() => vi.unstubAllGlobals())

it('writes numbers in the language itself where the browser reports a tag that Intl refuses', () => {
  vi.stubGlobal('navigator', { languages: ['en-US@posix'] })
  expect(formatLocale('en')).toBe('en')
  vi.stubGlobal('navigator', { languages: ['en-US@posix', 'en-GB'] })
  expect(formatLocale('en')).toBe('en-GB')
})
