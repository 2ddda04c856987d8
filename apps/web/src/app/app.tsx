import { lazy, Suspense } from 'react'
import { Route, Switch } from 'wouter'
import type { Locale } from '../copy/locale.ts'
import { Welcome } from '../features/account/welcome.tsx'
import { useAccount } from '../features/account/use-account.ts'
import { PlansPage } from '../pages/plans-page.tsx'
import { Shell } from './shell.tsx'
import { useLiveBalances } from './use-live-balances.ts'
import { usePayer } from './use-payer.ts'

const SignedIn = lazy(async () => ({ default: (await import('./signed-in.tsx')).SignedIn }))

/** The Studio: who is there decides what is shown. */
export function App(props: { locale: Locale; onLocale: (locale: Locale) => void }) {
  const { person, switchedTo } = useAccount()
  const isShown = switchedTo === undefined
  // The session's balances are not those of the account that is shown.
  const { connected } = useLiveBalances(
    isShown ? (person?.organizationId ?? person?.id) : undefined,
  )
  usePayer(person)

  if (person === undefined) return <Shell banner={null} name={null} />
  if (person === null) {
    return (
      <Shell banner={null} name={null}>
        <Switch>
          <Route path="/plans">
            <PlansPage signedIn={false} />
          </Route>
          <Route>
            <Welcome />
          </Route>
        </Switch>
      </Shell>
    )
  }
  return (
    <Suspense fallback={<Shell banner={null} name={null} />}>
      <SignedIn {...props} person={person} switchedTo={switchedTo} connected={connected} />
    </Suspense>
  )
}
