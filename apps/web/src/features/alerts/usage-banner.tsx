import type { ReactNode } from 'react'
import { CloseIcon, InfoIcon, WarningIcon } from '../../components/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import type { Banner } from './select-banner.ts'

/** The one banner above the page. */
export function UsageBanner(props: {
  banner: Banner | null
  onDismiss: (id: string) => void
  plansLink: ReactNode
}) {
  const { banner, onDismiss, plansLink } = props
  const { t } = useCopy()
  const text = useBannerText(banner)
  if (!banner) return null
  const look = LOOKS[lookOf(banner.kind)]
  const Icon = lookOf(banner.kind) === 'info' ? InfoIcon : WarningIcon
  return (
    <output aria-label={t.banner.label} className={`block border-b ${look}`}>
      <div className="mx-auto flex min-h-12 max-w-6xl items-center gap-3 px-4 py-1.5 text-sm sm:px-6">
        <Icon className="size-5 shrink-0" />
        <p className="min-w-0 flex-1 py-1.5 font-medium">{text}</p>
        {'balance' in banner || banner.kind === 'past_due' ? plansLink : null}
        {'id' in banner ? (
          <button
            type="button"
            onClick={() => onDismiss(banner.id)}
            className="-mr-2 grid size-11 shrink-0 place-items-center rounded-control hover:bg-ink/5"
          >
            <CloseIcon className="size-4" />
            <span className="sr-only">{t.actions.dismiss}</span>
          </button>
        ) : null}
      </div>
    </output>
  )
}

function useBannerText(banner: Banner | null): string {
  const { t, f } = useCopy()
  if (!banner) return ''
  switch (banner.kind) {
    case 'offline':
      return t.banner.offline
    case 'reconnecting':
      return t.banner.reconnecting(f, banner.updatedAt)
    case 'past_due':
      return t.banner.past_due
    case 'unavailable':
      return t.banner.unavailable
    case 'cancelling':
      return t.banner.cancelling(f, banner.endsAt)
    case 'exhausted':
      return t.banner.exhausted(
        f,
        t.meter.units(f, banner.balance.meter, 0),
        banner.balance.resetsAt,
      )
    case 'overage':
      return t.banner.overage(
        f,
        banner.balance.overage,
        t.meter.units(f, banner.balance.meter, banner.balance.overage),
      )
    case 'critical':
      return t.banner.critical(
        f,
        banner.balance.remaining,
        t.meter.units(f, banner.balance.meter, banner.balance.remaining),
      )
    case 'warning':
      return t.banner.warning(
        f,
        banner.balance.percentUsed ?? 0,
        t.meter.units(f, banner.balance.meter, banner.balance.granted),
      )
  }
}

function lookOf(kind: Banner['kind']): keyof typeof LOOKS {
  if (kind === 'offline' || kind === 'reconnecting') return 'info'
  return kind === 'warning' || kind === 'cancelling' || kind === 'unavailable' ? 'warn' : 'danger'
}

const LOOKS = {
  info: 'border-line bg-sunken text-ink',
  warn: 'border-warn-bar/30 bg-warn-soft text-warn',
  danger: 'border-danger-bar/30 bg-danger-soft text-danger',
}
