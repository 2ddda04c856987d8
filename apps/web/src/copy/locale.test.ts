import { afterEach, expect, it, vi } from 'vitest'
import { chosenLocale, formatLocale } from './locale.ts'

afterEach(() => vi.unstubAllGlobals())

it('writes numbers in the language itself where the browser reports a tag that Intl refuses', () => {
  vi.stubGlobal('navigator', { languages: ['en-US@posix'] })
  expect(formatLocale('en')).toBe('en')
  vi.stubGlobal('navigator', { languages: ['en-US@posix', 'en-GB'] })
  expect(formatLocale('en')).toBe('en-GB')
})

it('speaks the first of the reader’s languages that it knows, unless the reader has chosen one', () => {
  const chosen = new Map<string, string>()
  vi.stubGlobal('localStorage', { getItem: (key: string) => chosen.get(key) ?? null })
  vi.stubGlobal('navigator', { languages: ['fr-FR', 'de-AT', 'en-GB'] })
  expect(chosenLocale()).toBe('de')
  chosen.set('tollgate:locale', 'en')
  expect(chosenLocale()).toBe('en')
  chosen.set('tollgate:locale', 'constructor')
  expect(chosenLocale()).toBe('de')
})
