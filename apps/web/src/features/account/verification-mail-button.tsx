import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { refusalReason } from './use-sign-in.ts'
import { useVerificationMail } from './use-verification.ts'

/** Requests the verification mail, and shows the outcome. */
export function VerificationMailButton({ email }: { email: string }) {
  const { t } = useCopy()
  const send = useVerificationMail()
  const tooMany = refusalReason(send.error) === 'TOO_MANY_REQUESTS'
  return (
    <div className="grid justify-items-start gap-3">
      <Button pending={send.isPending} onClick={() => send.mutate(email)}>
        {send.isSuccess ? t.verify.sendAnother : t.verify.send}
      </Button>
      {send.isSuccess ? <Notice tone="good" title={t.verify.sent(email)} urgent /> : null}
      {send.isError ? (
        <Notice tone="danger" title={tooMany ? t.verify.tooMany : t.verify.notSent} urgent />
      ) : null}
    </div>
  )
}
