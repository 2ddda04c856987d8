import { trpc } from '../../connection/trpc.ts'
import { copy } from '../../copy.ts'
import { CreateApiKeyForm } from './create-api-key-form.tsx'
import { NewSecret } from './new-secret.tsx'

const { t } = copy

/** The form, and once it was sent the secret in its place. */
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
      failure={create.error ? failureOf(create.error.data?.code) : null}
      onCreate={(key) => create.mutate(key)}
    />
  )
}

/** Only the personal account has keys of its own; the person has to switch back first. */
function failureOf(code: string | undefined): string {
  return code === 'PRECONDITION_FAILED' ? t.apiKeys.personalOnly : t.apiKeys.failed
}
