import { lazy, Suspense } from 'react'
import { Route, Switch } from 'wouter'
import type { Locale } from '../copy/locale.ts'
import { Welcome } from '../features/account/welcome.tsx'
import { useSession } from '../features/account/use-session.ts'
import { PlansPage } from '../pages/plans-page.tsx'
import { Shell } from './shell.tsx'
import { useIntentOwner } from './use-intent-owner.ts'
import { useLiveBalances } from './use-live-balances.ts'
import { useReloadOnSwitch } from './use-reload-on-switch.ts'

const SignedIn = lazy(async () => ({ default: (await import('./signed-in.tsx')).SignedIn }))

/** The Studio: who is there decides what is shown. */
export function App(props: { locale: Locale; onLocale: (locale: Locale) => void }) {
  const person = useSession()
  const { connected } = useLiveBalances(person?.organizationId ?? person?.id)
  useIntentOwner(person?.organizationId ?? person?.customerId)
  useReloadOnSwitch(person)

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
      <SignedIn {...props} person={person} connected={connected} />
    </Suspense>
  )
}
