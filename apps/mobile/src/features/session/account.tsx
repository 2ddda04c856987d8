import { router } from 'expo-router'
import { trpc } from '../../connection/trpc.ts'
import { BalanceMeter } from '../balance/balance-meter.tsx'
import { BillingHome } from '../billing/billing-home.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'
import { Teams } from '../team/teams.tsx'
import { useSignedIn } from './session-provider.tsx'
import { SignOut } from './sign-out.tsx'

/** The signed-in user, the balance of every meter, the plan and its invoices. */
export function Account() {
  const { isGuest, name } = useSignedIn()
  const balances = trpc.billing.balance.useQuery()
  return (
    <>
      <Card>
        <Words as="title">{isGuest ? 'Guest' : name}</Words>
        {balances.data?.balances.map(({ meter }) => (
          <BalanceMeter key={meter} meter={meter} />
        ))}
      </Card>
      <Teams />
      <BillingHome />
      <Button label={copy.t.apiKeys.open} kind="plain" onPress={() => router.push('/keys')} />
      <SignOut />
    </>
  )
}
