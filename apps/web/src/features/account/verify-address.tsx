import { Link } from 'wouter'
import { Button, buttonStyle } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Notice } from '../../components/notice.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { CredentialsForm } from './credentials-form.tsx'
import type { Person } from './use-session.ts'
import { refusalReason } from './use-sign-in.ts'
import { useVerification } from './use-verification.ts'
import { VerificationMailButton } from './verification-mail-button.tsx'

/** Verifies the account's address by a mailed link, and shows the outcome. */
export function VerifyAddress({ person, token }: { person: Person; token: string }) {
  const { t } = useCopy()
  if (!person.isGuest) return <Verification email={person.email} token={token} />
  return (
    <Card label={t.verify.title}>
      <p className="mb-5">{t.verify.guest}</p>
      <CredentialsForm startWith="known" />
    </Card>
  )
}

function Verification({ email, token }: { email: string; token: string }) {
  const { t } = useCopy()
  const { isPending, error, refetch } = useVerification(token)
  if (isPending) {
    return <div aria-busy>{<Skeleton className="h-24 w-full rounded-card" />}</div>
  }
  if (!error) {
    return (
      <Notice
        tone="good"
        title={t.verify.verified(email)}
        actions={
          <Link href="/usage?view=settings" className={buttonStyle('secondary')}>
            {t.verify.toAlerts}
          </Link>
        }
      />
    )
  }
  switch (refusalReason(error)) {
    case 'TOKEN_EXPIRED':
    case 'INVALID_TOKEN':
      return (
        <Notice
          tone="warn"
          title={t.verify.expired}
          actions={<VerificationMailButton email={email} />}
        />
      )
    case 'OTHER_ACCOUNT':
      return (
        <Notice tone="warn" title={t.verify.otherAccount}>
          <p>{t.team.join.signedInAs(email)}</p>
        </Notice>
      )
    case null:
    default:
      return (
        <Notice
          tone="danger"
          title={t.verify.failed}
          actions={<Button onClick={() => void refetch()}>{t.verify.again}</Button>}
        />
      )
  }
}
