import type { CardSize, CardStyle } from '@tollgate/contract/copy'
import type { Inputs } from '../../connection/trpc.ts'

/** A card as the form holds it; the seed as typed, empty for the title's default. */
export type CardDraft = {
  title: string
  subtitle: string
  style: CardStyle
  size: CardSize
  seed: string
}

export const EMPTY_DRAFT: CardDraft = {
  title: '',
  subtitle: '',
  style: 'aurora',
  size: 'landscape',
  seed: '',
}

/** The input for a draft; the server knows a title's default seed. */
export function inputOf(draft: CardDraft): Inputs['images']['generate'] {
  const { style, size, seed } = draft
  const subtitle = draft.subtitle.trim()
  return {
    title: draft.title.trim(),
    style,
    size,
    ...(subtitle ? { subtitle } : {}),
    ...(seed ? { seed: Number(seed) } : {}),
  }
}
