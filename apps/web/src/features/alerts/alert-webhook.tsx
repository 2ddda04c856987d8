import { type SubmitEvent, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Field, INPUT_STYLE } from '../../components/field.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** The webhook address of alerts, and the secret by which the receiver verifies them. */
export function AlertWebhook(props: {
  url: string | null
  secret: string | null
  pending: boolean
  onChange: (url: string | null) => void
}) {
  const { url, secret, pending, onChange } = props
  const { t } = useCopy()
  const [written, setWritten] = useState(url ?? '')

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    if (written !== '' && !pending) onChange(written)
  }

  return (
    <form onSubmit={submit} className="grid gap-3">
      <Field label={t.alerts.webhook} hint={t.alerts.webhookHint}>
        {(ids) => (
          <div className="flex flex-wrap gap-2">
            <input
              {...ids}
              type="url"
              value={written}
              placeholder="https://"
              onChange={(event) => setWritten(event.target.value)}
              className={`${INPUT_STYLE} max-w-96 flex-1 basis-56`}
            />
            <Button type="submit" pending={pending} blocked={written === '' || written === url}>
              {t.alerts.webhookSave}
            </Button>
            {url ? (
              <Button look="quiet" pending={pending} onClick={() => onChange(null)}>
                {t.alerts.webhookRemove}
              </Button>
            ) : null}
          </div>
        )}
      </Field>
      {secret ? (
        <div className="flex flex-wrap items-center gap-3 text-sm">
          <span>
            {t.alerts.webhookSecret}{' '}
            <code className="text-[0.8125rem] [overflow-wrap:anywhere]">{secret}</code>
          </span>
          <CopyButton text={secret} />
        </div>
      ) : null}
    </form>
  )
}
