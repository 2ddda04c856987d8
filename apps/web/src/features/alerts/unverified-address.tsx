import { useCopy } from '../../copy/copy-context.tsx'
import { useSession } from '../account/use-session.ts'
import { VerificationMailButton } from '../account/verification-mail-button.tsx'

/** Why alerts do not come by e-mail, and the way to change that for the one whose address it is. */
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
