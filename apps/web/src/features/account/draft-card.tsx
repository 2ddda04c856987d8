import { CARD_STYLES } from '@tollgate/contract/copy'
import { Choice } from '../../components/choice.tsx'
import { Field, INPUT_STYLE } from '../../components/field.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { useDraft } from '../billed-call/use-draft.ts'
import { CardPreview } from '../images/card-preview.tsx'
import { IMAGE_DRAFT } from '../images/image-draft-names.ts'
import { isCardStyle } from '../images/is-card-style.ts'
import { StyleSwatch } from '../images/style-swatch.tsx'

const TITLE_MAX = 200

/** A card to try before signing in; its text and style are carried over into the form. */
export function DraftCard() {
  const { t } = useCopy()
  const [title, setTitle] = useDraft(IMAGE_DRAFT.prompt)
  const [chosen, setStyle] = useDraft(IMAGE_DRAFT.style)
  const style = isCardStyle(chosen) ? chosen : 'aurora'
  return (
    <section aria-label={t.welcome.draft} className="grid gap-4">
      <Field label={t.welcome.draftTitle}>
        {(ids) => (
          <input
            {...ids}
            name="title"
            maxLength={TITLE_MAX}
            autoComplete="off"
            value={title}
            placeholder={t.welcome.sample}
            onChange={(event) => setTitle(event.target.value)}
            className={INPUT_STYLE}
          />
        )}
      </Field>
      <CardPreview title={title.trim() || t.welcome.sample} style={style} />
      <Choice
        label={t.welcome.draftStyle}
        value={style}
        onChange={setStyle}
        options={CARD_STYLES.map((option) => ({
          value: option,
          label: t.images.styles[option],
          picture: <StyleSwatch style={option} />,
        }))}
      />
      <p className="text-[0.8125rem] text-muted">{t.welcome.previewHint}</p>
    </section>
  )
}
