import { lazy, Suspense } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { useCopy } from '../copy/copy-context.tsx'
import type { Locale } from '../copy/locale.ts'
import { AlertBell } from '../features/alerts/alert-bell.tsx'
import { WatchConnection } from '../features/alerts/watch-connection.tsx'
import type { Person } from '../features/account/use-session.ts'
import { AccountSwitcher } from '../features/team/account-switcher.tsx'
import { FormerMember } from '../features/team/former-member.tsx'
import { useOrganizations } from '../features/team/use-organizations.ts'
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
import { StudioBanners } from './studio-banners.tsx'

// Rarely the first page, so loaded on demand.
const AccountDataPage = lazy(async () => ({
  default: (await import('../pages/account-data-page.tsx')).AccountDataPage,
}))
const ApiKeysPage = lazy(async () => ({
  default: (await import('../pages/api-keys-page.tsx')).ApiKeysPage,
}))
const BillingPage = lazy(async () => ({
  default: (await import('../pages/billing-page.tsx')).BillingPage,
}))
const InvoicePage = lazy(async () => ({
  default: (await import('../pages/invoice-page.tsx')).InvoicePage,
}))
const OperatorPage = lazy(async () => ({
  default: (await import('../pages/operator-page.tsx')).OperatorPage,
}))
const TeamPage = lazy(async () => ({
  default: (await import('../pages/team-page.tsx')).TeamPage,
}))
const VerifyPage = lazy(async () => ({
  default: (await import('../pages/verify-page.tsx')).VerifyPage,
}))
const JoinPage = lazy(async () => ({
  default: (await import('../pages/join-page.tsx')).JoinPage,
}))

/** Every page behind sign-in; loaded on demand, because the landing page needs none of it. */
export function SignedIn(props: {
  person: Person
  /** The organization that the session now acts for; undefined if it is the one on screen. */
  switchedTo: string | null | undefined
  connected: boolean
  locale: Locale
  onLocale: (locale: Locale) => void
}) {
  const { person, switchedTo, connected, locale, onLocale } = props
  const { t } = useCopy()
  const organizations = useOrganizations(person)
  const team = organizations.data?.find(({ id }) => id === person.organizationId)
  const own = person.isGuest ? t.account.guest : `${person.name}, ${person.email}`
  const billedTo = team?.name ?? own
  return (
    <WatchConnection connected={connected}>
      <Shell
        banner={<StudioBanners person={person} switchedTo={switchedTo} />}
        bell={<AlertBell />}
        name={person.isGuest ? t.account.guest : person.name}
        switcher={<AccountSwitcher person={person} />}
      >
        <BalanceAnnouncer />
        <Suspense>
          <FormerMember>
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
                {({ number }) => <InvoicePage number={number} billedTo={billedTo} />}
              </Route>
              <Route path="/account">
                <AccountPage locale={locale} onLocale={onLocale} person={person} />
              </Route>
              <Route path="/account/data">
                <AccountDataPage person={person} />
              </Route>
              <Route path="/account/keys">
                <ApiKeysPage person={person} />
              </Route>
              <Route path="/team">
                <TeamPage person={person} />
              </Route>
              <Route path="/join">
                <JoinPage person={person} />
              </Route>
              <Route path="/verify">
                <VerifyPage person={person} />
              </Route>
              <Route path="/operator/*?" component={OperatorPage} />
              <Route path="/sign-in">
                <Redirect to={afterSignIn()} replace />
              </Route>
              <Route component={NotFoundPage} />
            </Switch>
          </FormerMember>
        </Suspense>
      </Shell>
    </WatchConnection>
  )
}

/** Returns to the page that led to sign-in, if it is one of ours. */
function afterSignIn(): string {
  const next = new URLSearchParams(location.search).get('next') ?? '/'
  return placeOf(next) === null ? '/' : next
}
