import { Link } from 'wouter'

/** Tabs of a page, each with its own URL. */
export function TabLinks(props: {
  label: string
  tabs: readonly { href: string; label: string; isShown: boolean }[]
}) {
  const { label, tabs } = props
  return (
    <nav aria-label={label} className="flex gap-1">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.isShown ? 'page' : undefined}
          className="flex min-h-11 items-center rounded-control px-3 text-sm font-medium text-muted transition-colors hover:text-ink aria-[current=page]:bg-ink/6 aria-[current=page]:text-ink"
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  )
}
