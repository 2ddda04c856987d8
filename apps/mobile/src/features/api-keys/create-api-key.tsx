import { apiKeyFailure } from '@tollgate/contract/copy'
import { trpc } from '../../connection/trpc.ts'
import { copy } from '../../copy.ts'
import { CreateApiKeyForm } from './create-api-key-form.tsx'
import { NewSecret } from './new-secret.tsx'

/** The form, replaced by the secret after submitting. */
export function CreateApiKey() {
  const { apiKeys } = trpc.useUtils()
  const create = trpc.apiKeys.create.useMutation({
    // A retry after a lost response would create a second key.
    retry: false,
    onSettled: () => apiKeys.list.invalidate(),
  })
  if (create.data) return <NewSecret secret={create.data.secret} onDone={() => create.reset()} />
  return (
    <CreateApiKeyForm
      isPending={create.isPending}
      failure={create.error ? apiKeyFailure(create.error.data?.code, copy.t) : null}
      onCreate={(key) => create.mutate(key)}
    />
  )
}
