import type { CardSize, CardStyle } from '@tollgate/contract/copy'
import type { Inputs } from '../../connection/trpc.ts'

/** A card as the form holds it; the seed as it is typed, empty for the one of the title. */
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

/** What is sent for a draft; the server knows the seed of a title. */
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
