import { CARD_SIZES } from '@tollgate/contract/copy'
import { useDraft } from '../billed-call/use-draft.ts'
import type { CardDraft } from './card.ts'
import { IMAGE_DRAFT } from './image-draft-names.ts'
import { isCardStyle } from './is-card-style.ts'

/** The unsent card of the form, kept across reloads and checkouts. */
export function useCardDraft(): [CardDraft, (draft: CardDraft) => void] {
  const [title, setTitle] = useDraft(IMAGE_DRAFT.prompt)
  const [subtitle, setSubtitle] = useDraft(IMAGE_DRAFT.subtitle)
  const [style, setStyle] = useDraft(IMAGE_DRAFT.style)
  const [size, setSize] = useDraft(IMAGE_DRAFT.size)
  const [seed, setSeed] = useDraft(IMAGE_DRAFT.seed)
  const [hd, setHd] = useDraft(IMAGE_DRAFT.hd)
  return [
    {
      title,
      subtitle,
      style: isCardStyle(style) ? style : 'aurora',
      size: CARD_SIZES.find((one) => one === size) ?? 'landscape',
      seed: /^\d{1,6}$/u.test(seed) ? seed : '',
      hd: hd === 'true',
    },
    (draft) => {
      setTitle(draft.title)
      setSubtitle(draft.subtitle)
      setStyle(draft.style)
      setSize(draft.size)
      setSeed(draft.seed)
      setHd(String(draft.hd))
    },
  ]
}
