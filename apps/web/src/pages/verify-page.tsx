import { useSearchParams } from 'wouter'
import { useCopy } from '../copy/copy-context.tsx'
import type { Person } from '../features/account/use-session.ts'
import { VerifyAddress } from '../features/account/verify-address.tsx'

/** The target of an address verification link. */
export function VerifyPage({ person }: { person: Person }) {
  const { t } = useCopy()
  const [parameters] = useSearchParams()
  return (
    <div className="mx-auto grid max-w-xl gap-6">
      <h1 className="text-2xl sm:text-[1.75rem]">{t.verify.title}</h1>
      <VerifyAddress person={person} token={parameters.get('token') ?? ''} />
    </div>
  )
}
