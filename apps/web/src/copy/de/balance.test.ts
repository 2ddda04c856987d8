import { createFormats } from '@tollgate/contract/copy'
import { expect, it } from 'vitest'
import { deBalance } from './balance.ts'

it('counts one and many in German', () => {
  const f = createFormats('de-DE')
  expect([0, 1, 2].map((count) => deBalance.cost.fixed(f, 'image_generations', count))).toEqual([
    '0 Bilder',
    '1 Bild',
    '2 Bilder',
  ])
})
