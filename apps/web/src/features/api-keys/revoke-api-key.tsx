import { useState } from 'react'
import { trpc } from '../../connection/trpc.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { FailureText } from '../../components/failure-text.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** Revokes a key once the person has confirmed it. */
export function RevokeApiKey({ id, name }: { id: string; name: string }) {
  const { t } = useCopy()
  const [asking, setAsking] = useState(false)
  const { apiKeys } = trpc.useUtils()
  const revoke = trpc.apiKeys.revoke.useMutation({
    onSuccess: async () => {
      setAsking(false)
      await apiKeys.list.invalidate()
    },
  })
  return (
    <>
      <Button look="danger" aria-label={t.apiKeys.revokeOf(name)} onClick={() => setAsking(true)}>
        {t.apiKeys.revoke}
      </Button>
      <Dialog
        open={asking}
        title={t.apiKeys.revokeTitle(name)}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button look="danger" pending={revoke.isPending} onClick={() => revoke.mutate({ id })}>
              {t.apiKeys.revoke}
            </Button>
            <Button onClick={() => setAsking(false)}>{t.apiKeys.keep}</Button>
          </>
        }
      >
        <p>{t.apiKeys.revokeText}</p>
        <FailureText text={revoke.isError ? t.apiKeys.revokeFailed : null} />
      </Dialog>
    </>
  )
}
