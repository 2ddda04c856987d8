import { expect, it } from 'vitest'
import { type Card, type CardDraft, inputOf, isCardOf, nextVariation } from './card.ts'

const DRAFT: CardDraft = {
  title: ' Launch  day ',
  subtitle: '',
  style: 'paper',
  size: 'square',
  seed: '7',
  hd: false,
}
const CARD: Card = {
  mimeType: 'image/png',
  width: 1080,
  height: 1080,
  url: '',
  dataUrl: '',
  prompt: 'Launch day',
  title: 'Launch day',
  subtitle: null,
  style: 'paper',
  size: 'square',
  seed: 7,
}

it('knows the card that a draft would be answered with', () => {
  expect(isCardOf(CARD, inputOf(DRAFT))).toBe(true)
  for (const other of [
    { title: 'Launch days' },
    { subtitle: 'Friday' },
    { style: 'night' as const },
    { size: 'story' as const },
    { seed: '8' },
    { seed: '' },
    { hd: true },
  ]) {
    expect(isCardOf(CARD, inputOf({ ...DRAFT, ...other })), JSON.stringify(other)).toBe(false)
  }
})

it('varies a card by the next seed that is not owned, the same one for a double click', () => {
  expect(nextVariation(CARD, [CARD])).toEqual(nextVariation(CARD, [CARD]))
  expect(nextVariation(CARD, [CARD]).seed).toBe(8)
  expect(nextVariation(CARD, [CARD, { ...CARD, seed: 8 }]).seed).toBe(9)
  expect(nextVariation({ ...CARD, seed: 999_999 }, []).seed).toBe(0)
})
