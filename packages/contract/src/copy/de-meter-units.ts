import { meterUnits } from './catalog-names.ts'

/** What meters count, in German. */
export const deMeterUnits = meterUnits({
  image_generations: { one: 'Bild', other: 'Bilder' },
  ai_tokens: { one: 'Token', other: 'Token' },
  api_calls: { one: 'Aufruf', other: 'Aufrufe' },
})
