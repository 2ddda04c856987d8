import { useState } from 'react'
import { trpc } from '../../connection/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'

const { t } = copy

/** Revokes a key once the person has confirmed it. */
export function RevokeApiKey({ id, name }: { id: string; name: string }) {
  const [isAsking, setIsAsking] = useState(false)
  const { apiKeys } = trpc.useUtils()
  const revoke = trpc.apiKeys.revoke.useMutation({ onSuccess: () => apiKeys.list.invalidate() })
  if (!isAsking) {
    return (
      <Button
        label={t.apiKeys.revoke}
        name={t.apiKeys.revokeOf(name)}
        kind="plain"
        onPress={() => setIsAsking(true)}
      />
    )
  }
  return (
    <>
      <Words as="title" alert>
        {t.apiKeys.revokeTitle(name)}
      </Words>
      <Words>{t.apiKeys.revokeText}</Words>
      {revoke.isError ? (
        <Words tone="danger" alert>
          {t.apiKeys.revokeFailed}
        </Words>
      ) : null}
      <Button
        label={t.apiKeys.revoke}
        busy={revoke.isPending}
        onPress={() => revoke.mutate({ id })}
      />
      <Button label={t.apiKeys.keep} kind="plain" onPress={() => setIsAsking(false)} />
    </>
  )
}
