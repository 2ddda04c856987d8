import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Notice } from '../../components/notice.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** The secret of a key that was just created; it cannot be shown again. */
export function NewSecret(props: { secret: string; onDone: () => void }) {
  const { secret, onDone } = props
  const { t } = useCopy()
  return (
    <Notice
      tone="good"
      title={t.apiKeys.createdTitle}
      urgent
      actions={
        <>
          <CopyButton text={secret} label={t.apiKeys.copy} />
          <Button look="quiet" onClick={onDone}>
            {t.apiKeys.done}
          </Button>
        </>
      }
    >
      <p>{t.apiKeys.createdText}</p>
      <p>
        <span className="sr-only">{t.apiKeys.secret} </span>
        <code data-testid="api-key-secret" className="font-mono text-ink [overflow-wrap:anywhere]">
          {secret}
        </code>
      </p>
    </Notice>
  )
}
