import { useMutation } from '@tanstack/react-query'
import { router } from 'expo-router'
import { trpc } from '../../connection/trpc.ts'
import { BalanceMeter } from '../balance/balance-meter.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import { useSession, useSignedIn } from './session-provider.tsx'

/** Who is signed in, on which plan, with what left on every meter. */
export function Account() {
  const { isGuest, name } = useSignedIn()
  const session = useSession()
  const signOut = useMutation({ mutationFn: session.signOut, retry: false })
  const balances = trpc.billing.balance.useQuery()
  const plan = trpc.billing.plan.useQuery()
  const planName = plan.data?.billing?.subscription?.planName
  return (
    <>
      <Card>
        <Words as="title">{isGuest ? 'Guest' : name}</Words>
        {planName ? <Words as="quiet">Plan: {planName}</Words> : null}
        {balances.data?.balances.map(({ meter }) => (
          <BalanceMeter key={meter} meter={meter} />
        ))}
      </Card>
      <Card>
        {isGuest ? (
          <Button
            label="Make an account, keep the balance"
            onPress={() => router.push('/make-account')}
          />
        ) : null}
        {isGuest ? (
          <Words as="quiet">Signing out as a guest gives free credits up for good.</Words>
        ) : null}
        {signOut.isError ? (
          <Words tone="danger" alert>
            {signOut.error.message}
          </Words>
        ) : null}
        <Button
          label="Sign out"
          kind="plain"
          busy={signOut.isPending}
          onPress={() => signOut.mutate()}
        />
      </Card>
    </>
  )
}
