import { CARD_PIXELS, CARD_SIZES, CARD_STYLES } from '@tollgate/contract/copy'
import { copy } from '../../copy.ts'
import { Choice } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { Words } from '../../ui/words.tsx'
import type { CardDraft } from './card-draft.ts'

const { t, f } = copy

const TEXT_MAX = 200

/** The text and look of the card. */
export function CardForm(props: {
  draft: CardDraft
  onChange: (draft: CardDraft) => void
  /** Input errors of the server, by field. */
  errorOf: (...paths: readonly string[]) => string | null
}) {
  const { draft, onChange, errorOf } = props
  return (
    <>
      <Field
        label={t.images.prompt}
        hint={t.images.count(f, draft.title.length, TEXT_MAX)}
        error={errorOf('title', 'prompt')}
        value={draft.title}
        onChangeText={(title) => onChange({ ...draft, title })}
        maxLength={TEXT_MAX}
        multiline
      />
      <Field
        label={t.images.subtitle}
        error={errorOf('subtitle')}
        value={draft.subtitle}
        onChangeText={(subtitle) => onChange({ ...draft, subtitle })}
        maxLength={TEXT_MAX}
      />
      <Choice
        label={t.images.style}
        value={draft.style}
        options={CARD_STYLES.map((value) => ({ value, label: t.images.styles[value] }))}
        onChange={(style) => onChange({ ...draft, style })}
      />
      <Choice
        label={t.images.size}
        value={draft.size}
        options={CARD_SIZES.map((value) => ({ value, label: t.images.sizes[value] }))}
        onChange={(size) => onChange({ ...draft, size })}
      />
      <Words as="quiet">{pixelsOf(draft)}</Words>
      <Field
        label={t.images.seed}
        hint={t.images.seedHint}
        error={errorOf('seed')}
        value={draft.seed}
        placeholder={t.images.seedAutomatic}
        onChangeText={(seed) => onChange({ ...draft, seed: seed.replaceAll(/\D/gu, '') })}
        inputMode="numeric"
        maxLength={6}
      />
    </>
  )
}

function pixelsOf({ size }: CardDraft): string {
  const { width, height } = CARD_PIXELS[size]
  return `${width} × ${height} px`
}
