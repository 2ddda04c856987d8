import { Link, useLocation } from 'wouter'
import { trpc } from '../../connection/trpc.ts'
import { useOnline } from '../../connection/use-online.ts'
import { useStaleSince } from '../../connection/stale-since.ts'
import { buttonStyle } from '../../components/button.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { type Banner, selectBanner } from './select-banner.ts'
import { PayButton } from '../billing/pay-button.tsx'
import { useAlertPreferences } from './use-alert-preferences.ts'
import { useBannerSpace } from './use-banner-space.ts'
import { UsageBanner } from './usage-banner.tsx'

/** Pages that explain their own empty meter. */
const EXPLAINED: Record<string, string> = {
  '/': 'image_generations',
  '/summarise': 'ai_tokens',
  '/qr': 'api_calls',
}

/** The one banner of the Studio. */
export function StudioBanner() {
  const { t } = useCopy()
  const online = useOnline()
  const [path] = useLocation()
  const balance = trpc.billing.balance.useQuery()
  const updatedAt = useStaleSince()
  const plan = trpc.billing.plan.useQuery()
  const { warnFrom, dismissed, dismissPrompt } = useAlertPreferences()
  const banner = selectBanner({
    online,
    reconnecting: updatedAt === null ? false : { updatedAt },
    readable: !balance.isError,
    subscription: plan.data?.billing?.subscription ?? null,
    balances: balance.data?.balances ?? [],
    warnFromPercent: warnFrom,
    dismissed,
    explainedHere: EXPLAINED[path],
  })

  const isFree = plan.data?.billing?.subscription?.isFree ?? false
  const keepsSpace = useBannerSpace({
    isKnown: !balance.isPending && !plan.isPending && dismissed !== null,
    isShown: banner !== null,
  })

  if (keepsSpace) return <div className="min-h-14.25 border-b border-transparent" />
  return (
    <UsageBanner
      banner={banner}
      onDismiss={dismissPrompt}
      plansLink={
        banner?.kind === 'past_due' ? (
          path === '/billing' ? null : (
            <PayButton look="secondary" />
          )
        ) : path === '/plans' ? null : (
          <Link href="/plans" className={linkStyle(banner)}>
            {isFree && isAboutBalance(banner) ? t.banner.upgrade : t.actions.plans}
          </Link>
        )
      }
    />
  )
}

function isAboutBalance(banner: Banner | null): boolean {
  return banner !== null && 'balance' in banner
}

/** A low balance gets a plain link; anything more urgent a primary button. */
function linkStyle(banner: Banner | null): string {
  return isAboutBalance(banner) && banner?.kind !== 'warning'
    ? buttonStyle('primary')
    : 'flex min-h-11 items-center px-2 font-semibold underline underline-offset-4'
}
