import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { BillingLink } from './billing-link.tsx'
import { BrandMark } from '../components/brand-mark.tsx'
import { PersonIcon } from '../components/icons.tsx'
import { useCopy } from '../copy/copy-context.tsx'
import { DevPanelLink } from './dev-panel-link.tsx'
import { Nav } from './nav.tsx'
import { usePageChange } from './use-page-change.ts'

/** Header, banner and page. */
export function Shell(props: {
  banner: ReactNode
  /** Shown beside the account; loaded after sign-in only. */
  bell?: ReactNode
  name: string | null
  /** Switches between accounts. */
  switcher?: ReactNode
  children?: ReactNode
}) {
  const { banner, bell, name, switcher, children } = props
  const { t } = useCopy()
  usePageChange(name !== null)
  return (
    <>
      <a
        href="#main"
        className="fixed top-2 left-2 z-30 -translate-y-20 rounded-control bg-accent px-4 py-2.5 font-medium text-on-accent focus:translate-y-0"
      >
        {t.skip}
      </a>
      <header className="border-b border-line bg-surface print:hidden">
        <div className="mx-auto flex h-16 max-w-6xl items-center gap-3 px-4 sm:px-6 md:gap-5 lg:gap-8">
          <Link href="/" className="flex min-h-11 items-center gap-2.5 rounded-control">
            <BrandMark className="size-8" />
            <span className="text-[1.0625rem] font-semibold tracking-tight whitespace-nowrap max-[24rem]:sr-only">
              {t.brand}
            </span>
          </Link>
          <div className="flex-1">{name === null ? null : <Nav />}</div>
          {import.meta.env.DEV ? <DevPanelLink /> : null}
          <div className="max-lg:hidden empty:hidden">{switcher}</div>
          {name === null ? null : (
            <div className="flex items-center gap-1">
              {bell}
              <BillingLink />
              <Link
                href="/account"
                aria-label={`${t.account.menu}: ${name}`}
                className="flex min-h-11 max-w-40 min-w-11 items-center justify-center gap-2 rounded-control px-2 text-sm font-medium text-muted hover:bg-sunken hover:text-ink"
              >
                <PersonIcon />
                <span className="truncate max-sm:hidden">{name}</span>
              </Link>
            </div>
          )}
        </div>
      </header>
      <div className="print:hidden">{banner}</div>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto max-w-6xl px-4 pt-7 pb-28 outline-none sm:px-6 md:pt-10 md:pb-16"
      >
        {children}
      </main>
    </>
  )
}
