import { useState } from 'react'
import { trpc } from '../../connection/trpc.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { guestOwns } from './guest-owns.ts'
import { refusalReason } from './use-sign-in.ts'
import { useSignOut } from './use-session.ts'

/** Signs out; first asks a guest with something to lose, because a guest account cannot be signed in to again. */
export function SignOutButton(props: { isGuest: boolean }) {
  const { t } = useCopy()
  const signOut = useSignOut()
  const losesSomething = useLosesSomething(props.isGuest)
  const [asking, setAsking] = useState(false)
  return (
    <>
      {signOut.isError ? (
        <p role="alert" className="text-sm font-medium text-danger">
          {t.signInError(refusalReason(signOut.error))}
        </p>
      ) : null}
      <Button
        pending={signOut.isPending}
        onClick={() => (losesSomething ? setAsking(true) : signOut.mutate())}
      >
        {t.account.signOut}
      </Button>
      <Dialog
        open={asking}
        title={t.account.leaveTitle}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button look="danger" pending={signOut.isPending} onClick={() => signOut.mutate()}>
              {t.account.leave}
            </Button>
            <Button onClick={() => setAsking(false)}>{t.account.stay}</Button>
          </>
        }
      >
        <p>{t.account.leaveText}</p>
      </Dialog>
    </>
  )
}

/** Also asks while the account loads, because it may own something. */
function useLosesSomething(isGuest: boolean): boolean {
  const balance = trpc.billing.balance.useQuery(undefined, { enabled: isGuest })
  const plan = trpc.billing.plan.useQuery(undefined, { enabled: isGuest })
  if (!isGuest) return false
  if (!balance.data || !plan.data) return true
  return guestOwns({
    balances: balance.data.balances,
    subscription: plan.data.billing?.subscription ?? null,
  })
}
