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

/** The Studio; what it shows depends on who is signed in. */
export function App(props: { locale: Locale; onLocale: (locale: Locale) => void }) {
  const { person, switchedTo } = useAccount()
  const isShown = switchedTo === undefined
  // After a switch in another window, the session's balances are no longer those of the account on screen.
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
