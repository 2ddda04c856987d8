import type { BillingAction } from '@tollgate/contract'
import { Link } from 'wouter'
import { useCopy } from '../../copy/copy-context.tsx'
import { Button, buttonStyle } from '../../components/button.tsx'
import { PayButton } from '../billing/pay-button.tsx'
import { type Asked, AskOwner } from '../billing/ask-owner.tsx'
import { useCatalog } from '../../connection/use-catalog.ts'

/** The next steps, in the server's order: the first is the primary one. */
export function BillingActions(props: {
  actions: readonly BillingAction[]
  /** The meter that ran out. */
  meter: string | null
  /** What an owner can be asked for. */
  asked: Asked
  /** The price whose checkout is being opened. */
  opening: string | null
  onCheckout: (priceSlug: string) => void
}) {
  const { actions, meter, asked, opening, onCheckout } = props
  const { t, f } = useCopy()
  const label = useActionLabel()
  return actions.map((action, index) => {
    const look = index === 0 ? 'primary' : 'secondary'
    switch (action.type) {
      case 'checkout':
        return (
          <Button
            key={action.priceSlug}
            look={look}
            pending={opening === action.priceSlug}
            onClick={() => onCheckout(action.priceSlug)}
          >
            {t.actions.checkout(f, label(action), action.amount, action.currency)}
          </Button>
        )
      case 'plans':
      case 'raise_cap':
        return (
          <Link key={action.type} href={localPath(action.url)} className={buttonStyle(look)}>
            {action.type === 'plans' ? t.actions.plans : t.actions.raiseCap}
          </Link>
        )
      case 'ask_owner':
        return <AskOwner key="ask_owner" meter={meter} kind={asked} />
      case 'pay':
        return <PayButton key="pay" look={look} />
      case 'sign_in':
        return (
          // A plain link, whose page load replaces the stale session.
          <a key="sign_in" href={localPath(action.url)} className={buttonStyle(look)}>
            {t.actions.signIn}
          </a>
        )
      case 'wait':
        return (
          <p key="wait" title={f.dateTime(action.until)} className="basis-full text-sm text-muted">
            {t.actions.wait(f, action.until)}
          </p>
        )
    }
  })
}

/** The server's labels are in English; known offers are labelled in the user's language. */
function useActionLabel(): (action: Extract<BillingAction, { type: 'checkout' }>) => string {
  const { t } = useCopy()
  const catalog = useCatalog()
  return (action) => {
    const offer = catalog?.offers.find(({ priceSlug }) => priceSlug === action.priceSlug)
    if (!offer) return action.label
    const { name } = t.offer(offer)
    return offer.kind === 'plan' ? t.plans.verbs.upgrade(name) : t.plans.verbs.buy(name)
  }
}

/** The path of a URL on our own origin; the server sends absolute URLs for clients without an origin. */
function localPath(url: string): string {
  const { pathname, search, hash } = new URL(url, location.origin)
  return pathname + search + hash
}
