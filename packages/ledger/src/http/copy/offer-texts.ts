import type { PageLanguage } from './checkout-copy.ts'

/** The texts of products and features in other languages than the pricing file's, by slug. */
export type OfferTexts = Partial<
  Record<PageLanguage, Partial<Record<string, { name: string; description?: string }>>>
>

/** What a product or a feature is called in a language; as the pricing file says where there is no translation. */
export function offerText(
  texts: OfferTexts,
  language: PageLanguage,
  own: { slug: string; name: string; description: string | null },
): { name: string; description: string | null } {
  return { name: own.name, description: own.description, ...texts[language]?.[own.slug] }
}
