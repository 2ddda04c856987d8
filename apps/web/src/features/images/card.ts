import { CARD_SEEDS, defaultCardSeed } from '@tollgate/contract'
import { CARD_PIXELS, CARD_SIZES, type CardSize, type CardStyle } from '@tollgate/contract/copy'
import type { Inputs, Outputs } from '../../connection/trpc.ts'

/** A card as the server returns it. */
export type Card = Outputs['images']['generate']

/** Whether a stored output is a card of any version; before 0.2, cards had no title, size and seed. */
export function isCard(output: unknown): output is Card {
  return (
    typeof output === 'object' &&
    output !== null &&
    'url' in output &&
    'width' in output &&
    'height' in output &&
    'prompt' in output
  )
}

/** A card as the form holds it; the seed as typed, empty for the title's default. */
export type CardDraft = {
  title: string
  subtitle: string
  style: CardStyle
  size: CardSize
  seed: string
  hd: boolean
}

/** The input of a call: everything that determines how a card looks. */
export type CardInput = Inputs['images']['generate'] & {
  title: string
  size: CardSize
  seed: number
  hd: boolean
}

/** The input for a draft: equal drafts give equal inputs. */
export function inputOf(draft: CardDraft): CardInput {
  const { style, size, seed, hd } = draft
  const [title, subtitle] = [setText(draft.title), setText(draft.subtitle)]
  return {
    title,
    ...(subtitle ? { subtitle } : {}),
    style,
    size,
    seed: seed === '' ? defaultCardSeed({ title, style }) : Number(seed),
    hd,
  }
}

/** The next variation of a card that is not owned yet; deterministic. */
export function nextVariation(card: Card, owned: readonly Card[]): CardInput {
  const input = contentOf(card)
  let seed = (card.seed + 1) % CARD_SEEDS
  while (owned.some((one) => isCardOf(one, { ...input, seed }))) seed = (seed + 1) % CARD_SEEDS
  return { ...input, seed }
}

/** Whether a card is the result of this input. */
export function isCardOf(card: Card, input: CardInput): boolean {
  const own = contentOf(card)
  return (
    own.title === input.title &&
    own.subtitle === input.subtitle &&
    own.style === input.style &&
    own.size === input.size &&
    own.seed === input.seed &&
    own.hd === input.hd
  )
}

/** The size of a card, by its aspect ratio. */
export function sizeOf({ width, height }: Pick<Card, 'width' | 'height'>): CardSize {
  return (
    CARD_SIZES.find(
      (size) => CARD_PIXELS[size].width * height === CARD_PIXELS[size].height * width,
    ) ?? 'landscape'
  )
}

function contentOf(card: Card): CardInput {
  const { title, subtitle, style, seed, width } = card
  const size = sizeOf(card)
  const hd = width > CARD_PIXELS[size].width
  return { title, ...(subtitle ? { subtitle } : {}), style, size, seed, hd }
}

/** As the server typesets it: NFC, with single spaces. */
function setText(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim()
}
