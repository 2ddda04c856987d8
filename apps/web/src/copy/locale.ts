import { type Copy, en } from './en.ts'

const STORED = 'tollgate:locale'

/** Every language of the Studio, with its own name for itself; a new one needs its copy and a line here. */
export const LANGUAGES = {
  en: { name: 'English', load: async (): Promise<Copy> => en },
  de: { name: 'Deutsch', load: async (): Promise<Copy> => (await import('./de.ts')).de },
}

export type Locale = keyof typeof LANGUAGES

/** The languages in the order they are offered. */
export const LOCALES = Object.keys(LANGUAGES).filter(isLocale)

/** The user's choice, or the first of their languages that the Studio supports. */
export function chosenLocale(): Locale {
  const stored = localStorage.getItem(STORED)
  if (stored !== null && isLocale(stored)) return stored
  return navigator.languages.map(primaryOf).find(isLocale) ?? 'en'
}

/** Stores the user's choice. */
export function rememberLocale(locale: Locale): void {
  localStorage.setItem(STORED, locale)
}

/** Loads a language; English is always loaded. */
export function loadCopy(locale: Locale): Promise<Copy> {
  return LANGUAGES[locale].load()
}

/** The locale of dates and numbers: the user's own variant of the language if `Intl` accepts it. */
export function formatLocale(locale: Locale): string {
  return (
    navigator.languages.find((language) => primaryOf(language) === locale && isTag(language)) ??
    locale
  )
}

function isLocale(text: string): text is Locale {
  return Object.hasOwn(LANGUAGES, text)
}

/** "de-AT" → "de". */
function primaryOf(tag: string): string {
  return tag.split('-')[0] ?? tag
}

/** Chromium reports `en-US@posix` if the system names no language. */
function isTag(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length > 0
  } catch {
    return false
  }
}
