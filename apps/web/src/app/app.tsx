import { lazy, Suspense } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import type { Locale } from '../copy/locale.ts'
import { useCopy } from '../copy/copy-context.tsx'
import { Welcome } from '../features/account/welcome.tsx'
import { useSession } from '../features/account/use-session.ts'
import { AccountPage } from '../pages/account-page.tsx'
import { ImagesPage } from '../pages/images-page.tsx'
import { NotFoundPage } from '../pages/not-found-page.tsx'
import { PlansPage } from '../pages/plans-page.tsx'
import { QrPage } from '../pages/qr-page.tsx'
import { TextPage } from '../pages/text-page.tsx'
import { UsagePage } from '../pages/usage-page.tsx'
import { BalanceAnnouncer } from './balance-announcer.tsx'
import { placeOf } from './places.ts'
import { Shell } from './shell.tsx'
import { StudioBanner } from '../features/alerts/studio-banner.tsx'
import { WatchConnection } from '../features/alerts/watch-connection.tsx'
import { useIntentOwner } from './use-intent-owner.ts'
import { useLiveBalances } from './use-live-balances.ts'

// Seldom the first page, so not part of what the first page loads.
const BillingPage = lazy(async () => ({
  default: (await import('../pages/billing-page.tsx')).BillingPage,
}))
const InvoicePage = lazy(async () => ({
  default: (await import('../pages/invoice-page.tsx')).InvoicePage,
}))

/** The Studio: who is there decides what is shown. */
export function App(props: { locale: Locale; onLocale: (locale: Locale) => void }) {
  const { t } = useCopy()
  const person = useSession()
  const { connected } = useLiveBalances(person?.id)
  useIntentOwner(person?.customerId)

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
    <WatchConnection connected={connected}>
      <Shell banner={<StudioBanner />} name={person.isGuest ? t.account.guest : person.name}>
        <BalanceAnnouncer />
        <Suspense>
          <Switch>
            <Route path="/" component={ImagesPage} />
            <Route path="/summarise" component={TextPage} />
            <Route path="/qr" component={QrPage} />
            <Route path="/usage" component={UsagePage} />
            <Route path="/plans">
              <PlansPage signedIn />
            </Route>
            <Route path="/billing" component={BillingPage} />
            <Route path="/billing/invoices/:number">
              {({ number }) => (
                <InvoicePage
                  number={number}
                  billedTo={person.isGuest ? t.account.guest : `${person.name}, ${person.email}`}
                />
              )}
            </Route>
            <Route path="/account">
              <AccountPage {...props} person={person} />
            </Route>
            <Route path="/sign-in">
              <Redirect to={afterSignIn()} replace />
            </Route>
            <Route component={NotFoundPage} />
          </Switch>
        </Suspense>
      </Shell>
    </WatchConnection>
  )
}

/** Back to the page that led to signing in; only to one of our own. */
function afterSignIn(): string {
  const next = new URLSearchParams(location.search).get('next') ?? '/'
  return placeOf(next) === null ? '/' : next
}
