import { useCopy } from '../../copy/copy-context.tsx'
import { useSession } from '../account/use-session.ts'
import { VerificationMailButton } from '../account/verification-mail-button.tsx'

/** Why alerts are not sent by e-mail; the owner of the address can verify it here. */
export function UnverifiedAddress({ address }: { address: string }) {
  const { t } = useCopy()
  const isOwn = useSession()?.email === address
  return (
    <div className="grid gap-3">
      <p className="text-sm text-warn">{t.alerts.unverified}</p>
      {isOwn ? <VerificationMailButton email={address} /> : null}
    </div>
  )
}
