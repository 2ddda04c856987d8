import { catalog } from '../catalog.gen.ts'
import type { Catalog } from '../catalog.ts'

/** The singular and plural of a meter's unit. */
type Unit = { one: string; other: string }

// A page opened before a deployment may receive slugs that its catalog lacks; they are shown as they are.

/** The name of a meter: the language's own, or else that of pricing.yaml. */
export function meterNames(own: Partial<Record<string, string>> = {}) {
  return (meter: string): string => own[meter] ?? known.meters[meter]?.name ?? meter
}

/** The unit of a meter: the language's own, or else that of pricing.yaml. */
export function meterUnits(own: Partial<Record<string, Unit>> = {}) {
  return (meter: string): Unit => {
    if (own[meter]) return own[meter]
    const { unit = meter, units = meter } = known.meters[meter] ?? {}
    return { one: unit, other: units }
  }
}

/** The name of a procedure: what it makes, or for an unknown one the words of its path. */
export function procedureNames(own: Partial<Record<string, string>>) {
  return (path: string): string => own[path] ?? wordsOf(path)
}

/** The name of a toggle feature: the language's own, or else that of pricing.yaml. */
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
