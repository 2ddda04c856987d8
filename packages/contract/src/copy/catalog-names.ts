import { catalog } from '../catalog.gen.ts'
import type { Catalog } from '../catalog.ts'

/** What one and several of a meter are called. */
type Unit = { one: string; other: string }

// A page that was opened before a deployment may meet slugs that its catalog does not have yet: they stand for themselves.

/** Names a meter: as pricing.yaml does, unless the language has its own name for it. */
export function meterNames(own: Partial<Record<string, string>> = {}) {
  return (meter: string): string => own[meter] ?? known.meters[meter]?.name ?? meter
}

/** Names what a meter counts: as pricing.yaml does, unless the language has its own words for it. */
export function meterUnits(own: Partial<Record<string, Unit>> = {}) {
  return (meter: string): Unit => {
    if (own[meter]) return own[meter]
    const { unit = meter, units = meter } = known.meters[meter] ?? {}
    return { one: unit, other: units }
  }
}

/** Names a procedure by what it makes; one that the program does not know by the words of its own name. */
export function procedureNames(own: Partial<Record<string, string>>) {
  return (path: string): string => own[path] ?? wordsOf(path)
}

/** Names a toggle feature: as pricing.yaml does, unless the language has its own name for it. */
export function featureNames(own: Partial<Record<string, string>> = {}) {
  return (feature: string): string => own[feature] ?? known.features[feature]?.name ?? feature
}

/** "films.makeTrailer" → "Make trailer". */
function wordsOf(path: string): string {
  const words = path
    .slice(path.lastIndexOf('.') + 1)
    .replaceAll(/(?<=[a-z\d])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const known: Catalog = catalog
