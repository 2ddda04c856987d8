import type { PageLanguage } from './checkout-copy.ts'

/** The texts of products and features in other languages than the pricing file's, by slug. */
export type OfferTexts = Partial<
  Record<PageLanguage, Partial<Record<string, { name: string; description?: string }>>>
>

/** The name of a product or feature in a language; falls back to the pricing file. */
export function offerText(
  texts: OfferTexts,
  language: PageLanguage,
  own: { slug: string; name: string; description: string | null },
): { name: string; description: string | null } {
  return { name: own.name, description: own.description, ...texts[language]?.[own.slug] }
}
