import { CARD_PIXELS, CARD_SIZES, CARD_STYLES } from '@tollgate/contract/copy'
import { BilledForm } from '../billed-call/billed-form.tsx'
import type { BilledStudioState } from '../billed-call/use-billed-studio.ts'
import { usePlanWith } from '../../connection/use-plan-with.ts'
import { Choice } from '../../components/choice.tsx'
import { Field, INPUT_STYLE } from '../../components/field.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import type { CardDraft } from './card.ts'
import { SizeShape } from './size-shape.tsx'
import { StyleSwatch } from './style-swatch.tsx'

const TEXT_MAX = 200

type Props = {
  draft: CardDraft
  onChange: (draft: CardDraft) => void
  studio: BilledStudioState
  /** Whether this exact card is owned: showing it again is free. */
  owned?: boolean
  /** Input errors of the server, by field. */
  errorOf?: (...fields: readonly string[]) => string | null
}

/** The text and look of the card. */
export function ImageForm(props: Props) {
  const { draft, onChange, studio, owned = false, errorOf } = props
  const { t, f } = useCopy()
  // A card that is owned needs no credit, and no server.
  const priced = owned ? { ...studio, cost: t.images.free, blocked: null } : studio
  return (
    <BilledForm studio={priced} label={t.images.submit} pendingLabel={t.images.pending}>
      <Field
        label={t.images.prompt}
        hint={t.images.count(f, draft.title.length, TEXT_MAX)}
        error={errorOf?.('title', 'prompt')}
      >
        {(ids) => (
          <textarea
            {...ids}
            name="title"
            rows={2}
            required
            maxLength={TEXT_MAX}
            value={draft.title}
            placeholder={t.images.placeholder}
            onChange={(event) => onChange({ ...draft, title: event.target.value })}
            className={`${INPUT_STYLE} resize-y`}
          />
        )}
      </Field>
      <Field label={t.images.subtitle} error={errorOf?.('subtitle')}>
        {(ids) => (
          <input
            {...ids}
            name="subtitle"
            maxLength={TEXT_MAX}
            value={draft.subtitle}
            placeholder={t.images.subtitlePlaceholder}
            onChange={(event) => onChange({ ...draft, subtitle: event.target.value })}
            className={INPUT_STYLE}
          />
        )}
      </Field>
      <Looks {...props} />
      <output className="-my-3 min-h-5 text-center text-[0.8125rem] text-muted">
        {owned && !studio.pending ? t.images.owned : ''}
      </output>
    </BilledForm>
  )
}

function Looks({ draft, onChange }: Props) {
  const { t } = useCopy()
  const hdPlan = usePlanWith('hd_images')
  return (
    <>
      <Choice
        label={t.images.style}
        value={draft.style}
        onChange={(style) => onChange({ ...draft, style })}
        options={CARD_STYLES.map((style) => ({
          value: style,
          label: t.images.styles[style],
          picture: <StyleSwatch style={style} />,
        }))}
      />
      <Choice
        label={t.images.size}
        value={draft.size}
        onChange={(size) => onChange({ ...draft, size })}
        options={CARD_SIZES.map((size) => ({
          value: size,
          label: t.images.sizes[size],
          picture: <SizeShape size={size} />,
        }))}
      />
      <p className="-mt-3 text-[0.8125rem] text-muted tabular-nums">{pixelsOf(draft)} px</p>
      <Field label={t.images.seed} hint={t.images.seedHint}>
        {(ids) => (
          <input
            {...ids}
            name="seed"
            inputMode="numeric"
            pattern="[0-9]*"
            maxLength={6}
            value={draft.seed}
            placeholder={t.images.seedAutomatic}
            onChange={(event) => {
              onChange({ ...draft, seed: event.target.value.replaceAll(/\D/gu, '') })
            }}
            className={`${INPUT_STYLE} tabular-nums`}
          />
        )}
      </Field>
      <label className="flex min-h-11 items-center gap-3 text-sm">
        <input
          type="checkbox"
          name="hd"
          checked={draft.hd}
          onChange={(event) => onChange({ ...draft, hd: event.target.checked })}
          className="size-5 accent-accent"
        />
        <span>
          <span className="font-medium">{t.images.hd}</span>{' '}
          <span className="text-muted">
            {hdPlan ? `${t.images.hdHint}, ${t.images.hdPlan(hdPlan)}` : t.images.hdHint}
          </span>
        </span>
      </label>
    </>
  )
}

function pixelsOf({ size, hd }: CardDraft): string {
  const { width, height } = CARD_PIXELS[size]
  const scale = hd ? 2 : 1
  return `${width * scale} × ${height * scale}`
}
