import { BilledForm } from '../billed-call/billed-form.tsx'
import type { BilledStudioState } from '../billed-call/use-billed-studio.ts'
import { usePlanWith } from '../../connection/use-plan-with.ts'
import { Choice } from '../../components/choice.tsx'
import { Field, INPUT_STYLE } from '../../components/field.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { IMAGE_STYLES, type ImageStyle } from './image-style.ts'
import { StyleSwatch } from './style-swatch.tsx'

export type ImageDraft = { prompt: string; style: ImageStyle; hd: boolean }

const PROMPT_MAX = 500

/** What the picture shall show. */
export function ImageForm(props: {
  draft: ImageDraft
  onChange: (draft: ImageDraft) => void
  studio: BilledStudioState
  /** Whether this very picture is there already. */
  made?: boolean
}) {
  const { draft, onChange, studio, made = false } = props
  const { t, f } = useCopy()
  const hdPlan = usePlanWith('hd_images')
  return (
    <BilledForm studio={studio} label={t.images.submit} pendingLabel={t.images.pending}>
      <Field label={t.images.prompt} hint={t.images.count(f, draft.prompt.length, PROMPT_MAX)}>
        {(ids) => (
          <textarea
            {...ids}
            name="prompt"
            rows={4}
            required
            maxLength={PROMPT_MAX}
            value={draft.prompt}
            placeholder={t.images.placeholder}
            onChange={(event) => onChange({ ...draft, prompt: event.target.value })}
            className={`${INPUT_STYLE} resize-y`}
          />
        )}
      </Field>
      <Choice
        label={t.images.style}
        value={draft.style}
        onChange={(style) => onChange({ ...draft, style })}
        options={IMAGE_STYLES.map((style) => ({
          value: style,
          label: t.images.styles[style],
          picture: <StyleSwatch style={style} />,
        }))}
      />
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
      <output className="-my-3 min-h-5 text-center text-[0.8125rem] text-muted max-sm:min-h-10">
        {made && studio.cost && !studio.pending ? t.images.again(studio.cost) : ''}
      </output>
    </BilledForm>
  )
}
