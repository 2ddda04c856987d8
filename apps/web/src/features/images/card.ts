import { CARD_SEEDS, defaultCardSeed } from '@tollgate/contract'
import { CARD_PIXELS, CARD_SIZES, type CardSize, type CardStyle } from '@tollgate/contract/copy'
import type { Inputs, Outputs } from '../../connection/trpc.ts'

/** A card as the server answers it. */
export type Card = Outputs['images']['generate']

/** Whether a stored output is a card, as every version has answered one; before 0.2 without title, size and seed. */
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

/** A card as the form holds it; the seed as it is typed, empty for the one of the title. */
export type CardDraft = {
  title: string
  subtitle: string
  style: CardStyle
  size: CardSize
  seed: string
  hd: boolean
}

/** What is sent: everything that decides how a card looks. */
export type CardInput = Inputs['images']['generate'] & {
  title: string
  size: CardSize
  seed: number
  hd: boolean
}

/** What is sent for a draft: equal drafts are equal inputs. */
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

/** The next picture of a card that is not owned yet; the same one however often it is asked for. */
export function nextVariation(card: Card, owned: readonly Card[]): CardInput {
  const input = contentOf(card)
  let seed = (card.seed + 1) % CARD_SEEDS
  while (owned.some((one) => isCardOf(one, { ...input, seed }))) seed = (seed + 1) % CARD_SEEDS
  return { ...input, seed }
}

/** Whether an input is answered with this card. */
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

/** The shape of a card. */
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

/** As the server sets it: composed, with single spaces. */
function setText(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim()
}
