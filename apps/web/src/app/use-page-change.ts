import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import { useCopy } from '../copy/copy-context.tsx'
import { operatorTitle } from '../features/operator/operator-places.ts'
import { placeOf } from './places.ts'

/** Sets the document title per page and moves the focus to the heading, or to the target of the URL. */
export function usePageChange(signedIn: boolean): void {
  const [path] = useLocation()
  const title = useTitle(path, signedIn)
  const shown = useRef(path)
  useEffect(() => {
    document.title = title
  }, [title])
  useEffect(() => {
    // On the first load the browser decides the focus.
    if (shown.current === path) return
    shown.current = path
    // A URL with a target scrolls there by itself.
    if (location.hash !== '') return
    scrollTo(0, 0)
    return focusHeading()
  }, [path])
}

function useTitle(path: string, signedIn: boolean): string {
  const { t } = useCopy()
  const name = nameOf()
  return name ? `${name} · ${t.brand}` : t.brand

  function nameOf(): string | null {
    const place = placeOf(path)
    if (!signedIn) return place === 'plans' ? t.nav.plans : null
    if (place) return t.nav[place]
    if (path === '/billing') return t.billing.title
    if (path === '/team') return t.team.title
    if (path === '/join') return t.team.join.title
    if (path === '/account/keys') return t.apiKeys.title
    if (path === '/account/data') return t.accountData.title
    const operator = operatorTitle(path)
    if (operator !== null) return operator
    const invoice = /^\/billing\/invoices\/(.+)$/.exec(path)?.[1]
    if (invoice !== undefined) return t.billing.invoice(invoice)
    return path === '/account' ? t.account.menu : t.notFound.title
  }
}

/** Screen readers continue from the focus, which would otherwise stay on the link. */
function focusHeading(): () => void {
  const arrival = new MutationObserver(focusWhenThere)
  focusWhenThere()
  return () => arrival.disconnect()

  /** The heading of a page that is loaded on demand appears later. */
  function focusWhenThere(): void {
    // Until then the previous page stays in the document, hidden.
    const heading = [...document.querySelectorAll<HTMLElement>('main h1')].find(
      ({ offsetParent }) => offsetParent !== null,
    )
    arrival.disconnect()
    if (!heading) return arrival.observe(document.body, { childList: true, subtree: true })
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  }
}
