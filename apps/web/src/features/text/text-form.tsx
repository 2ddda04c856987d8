import { BilledForm } from '../billed-call/billed-form.tsx'
import type { BilledStudioState } from '../billed-call/use-billed-studio.ts'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { Field, INPUT_STYLE } from '../../components/field.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

const TEXT_MAX = 20_000
const LENGTHS = ['2', '3', '5', '8'] as const
export type Length = (typeof LENGTHS)[number]

/** The text to summarize, and the length of the summary. */
export function TextForm(props: {
  text: string
  sentences: Length
  onText: (text: string) => void
  onSentences: (sentences: Length) => void
  onStop: () => void
  studio: BilledStudioState
  /** A short description of the model. */
  model: string | null
}) {
  const { text, sentences, onText, onSentences, onStop, studio, model } = props
  const { t, f } = useCopy()
  return (
    <div className="grid gap-3">
      <BilledForm studio={studio} label={t.text.submit} pendingLabel={t.text.pending}>
        <Field label={t.text.input} hint={t.images.count(f, text.length, TEXT_MAX)}>
          {(ids) => (
            <textarea
              {...ids}
              name="text"
              rows={9}
              required
              maxLength={TEXT_MAX}
              value={text}
              placeholder={t.text.placeholder}
              onChange={(event) => onText(event.target.value)}
              className={`${INPUT_STYLE} max-h-96 resize-y`}
            />
          )}
        </Field>
        <Choice
          label={t.text.sentences}
          value={sentences}
          onChange={onSentences}
          options={LENGTHS.map((value) => ({ value, label: f.number(Number(value)) }))}
        />
      </BilledForm>
      <p className="min-h-5 text-[0.8125rem] text-muted">{model}</p>
      {studio.pending ? <Button onClick={onStop}>{t.text.stop}</Button> : null}
    </div>
  )
}

export function isLength(value: string): value is Length {
  return LENGTHS.some((length) => length === value)
}
