import { deCheckout } from './de-checkout.ts'
import { type CheckoutCopy, enCheckout } from './en-checkout.ts'

/** The languages of the checkout pages; the first is the fallback. */
export const PAGE_LANGUAGES = ['en', 'de'] as const
export type PageLanguage = (typeof PAGE_LANGUAGES)[number]

/** The language of a tag such as "de-AT". */
export function pageLanguage(tag: string | undefined): PageLanguage {
  const primary = tag?.toLowerCase().split('-')[0]
  return PAGE_LANGUAGES.find((language) => language === primary) ?? 'en'
}

/** The texts of the checkout pages in a language. */
export const CHECKOUT_COPY: Record<PageLanguage, CheckoutCopy> = { en: enCheckout, de: deCheckout }
