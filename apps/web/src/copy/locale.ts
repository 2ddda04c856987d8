import type { Locale } from './copy-context.tsx'
import { type Copy, en } from './en.ts'

const STORED = 'tollgate:locale'

/** The reader's choice, or the first of their languages that the Studio speaks. */
export function chosenLocale(): Locale {
  const stored = localStorage.getItem(STORED)
  if (stored === 'de' || stored === 'en') return stored
  const spoken = navigator.languages.find((language) => /^(de|en)\b/.test(language))
  return spoken?.startsWith('de') ? 'de' : 'en'
}

/** Remembers the reader's choice. */
export function rememberLocale(locale: Locale): void {
  localStorage.setItem(STORED, locale)
}

/** Loads a language; English is always there. */
export async function loadCopy(locale: Locale): Promise<Copy> {
  return locale === 'de' ? (await import('./de.ts')).de : en
}

/** How dates and numbers are written: the reader's own variant of the language where there is one that `Intl` takes. */
export function formatLocale(locale: Locale): string {
  return (
    navigator.languages.find((language) => language.startsWith(locale) && isTag(language)) ?? locale
  )
}

/** Chromium reports `en-US@posix` where the system names no language. */
function isTag(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length > 0
  } catch {
    return false
  }
}
