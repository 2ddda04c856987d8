import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { trpc } from '../../connection/trpc.ts'
import { useOnline } from '../../connection/use-online.ts'
import { useStaleSince } from '../../connection/stale-since.ts'
import { buttonStyle } from '../../components/button.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { type Banner, selectBanner } from './select-banner.ts'
import { PayButton } from '../billing/pay-button.tsx'
import { useBannerSpace } from './use-banner-space.ts'
import { useWarnFrom } from './use-warn-from.ts'
import { UsageBanner } from './usage-banner.tsx'

const STORED = 'tollgate:dismissed'

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
  const [warnFromPercent] = useWarnFrom()
  const [dismissed, setDismissed] = useState(readDismissed)
  const banner = selectBanner({
    online,
    reconnecting: updatedAt === null ? false : { updatedAt },
    readable: !balance.isError,
    subscription: plan.data?.billing?.subscription ?? null,
    balances: balance.data?.balances ?? [],
    warnFromPercent,
    dismissed,
    explainedHere: EXPLAINED[path],
  })

  const isFree = plan.data?.billing?.subscription?.isFree ?? false
  const keepsSpace = useBannerSpace({
    isKnown: !balance.isPending && !plan.isPending,
    isShown: banner !== null,
  })

  function dismiss(id: string): void {
    const next = new Set(dismissed).add(id)
    localStorage.setItem(STORED, JSON.stringify([...next]))
    setDismissed(next)
  }

  if (keepsSpace) return <div className="min-h-14.25 border-b border-transparent" />
  return (
    <UsageBanner
      banner={banner}
      onDismiss={dismiss}
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

/** What runs low is a hint; what is nearly gone asks for it. */
function linkStyle(banner: Banner | null): string {
  return isAboutBalance(banner) && banner?.kind !== 'warning'
    ? buttonStyle('primary')
    : 'flex min-h-11 items-center px-2 font-semibold underline underline-offset-4'
}

function readDismissed(): ReadonlySet<string> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED) ?? '[]')
    return new Set(Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [])
  } catch {
    return new Set()
  }
}
