import { useState } from 'react'
import { BilledForm } from '../billed-call/billed-form.tsx'
import type { BilledStudioState } from '../billed-call/use-billed-studio.ts'
import { Button } from '../../components/button.tsx'
import { Field, INPUT_STYLE } from '../../components/field.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { isTooLong, QR_TEXT_MAX, type QrDraft, readLogo } from './qr-draft.ts'

/** The content and look of the code. */
export function QrForm(props: {
  draft: QrDraft
  onChange: (draft: QrDraft) => void
  studio: BilledStudioState
  errorOf: (...fields: readonly string[]) => string | null
}) {
  const { draft, onChange, studio, errorOf } = props
  const { t } = useCopy()
  const tooLong = isTooLong(draft) ? t.qr.tooLong : null
  return (
    <BilledForm
      studio={{ ...studio, blocked: tooLong ?? studio.blocked }}
      label={t.qr.submit}
      pendingLabel={t.qr.pending}
    >
      <Field label={t.qr.input} error={tooLong ?? errorOf('text')}>
        {(ids) => (
          <input
            {...ids}
            name="text"
            required
            maxLength={QR_TEXT_MAX}
            value={draft.text}
            placeholder={t.qr.placeholder}
            onChange={(event) => onChange({ ...draft, text: event.target.value })}
            className={INPUT_STYLE}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label={t.qr.foreground} error={errorOf('foreground')}>
          {(ids) => (
            <input
              {...ids}
              type="color"
              name="foreground"
              value={draft.foreground}
              onChange={(event) => onChange({ ...draft, foreground: event.target.value })}
              className={COLOR_STYLE}
            />
          )}
        </Field>
        <Field label={t.qr.background} error={errorOf('background')}>
          {(ids) => (
            <input
              {...ids}
              type="color"
              name="background"
              value={draft.background}
              onChange={(event) => onChange({ ...draft, background: event.target.value })}
              className={COLOR_STYLE}
            />
          )}
        </Field>
      </div>
      <Logo
        logo={draft.logo}
        onChange={(logo) => onChange({ ...draft, logo })}
        refused={errorOf('logo')}
      />
    </BilledForm>
  )
}

const COLOR_STYLE = 'h-11 w-full rounded-control border border-line-strong bg-surface p-1'

function Logo(props: { logo: string; onChange: (logo: string) => void; refused: string | null }) {
  const { logo, onChange, refused } = props
  const { t } = useCopy()
  const [isRefused, setRefused] = useState(false)

  async function take(file: File | undefined) {
    const read = file ? await readLogo(file) : ''
    setRefused(read === null)
    onChange(read ?? '')
  }

  return (
    <div className="grid gap-2">
      <Field label={t.qr.logo} hint={t.qr.logoHint} error={isRefused ? t.qr.logoRefused : refused}>
        {(ids) => (
          <input
            {...ids}
            type="file"
            name="logo"
            accept="image/png,image/jpeg"
            onChange={(event) => void take(event.target.files?.[0])}
            className="min-h-11 w-full min-w-0 text-sm file:mr-3 file:min-h-11 file:rounded-control file:border file:border-line file:bg-surface file:px-4 file:text-ink"
          />
        )}
      </Field>
      {logo ? <Button onClick={() => onChange('')}>{t.qr.logoRemove}</Button> : null}
    </div>
  )
}
