import { Link, useRoute } from 'wouter'
import { ImageIcon, PlansIcon, QrIcon, TextIcon, UsageIcon } from '../components/icons.tsx'
import { useCopy } from '../copy/copy-context.tsx'
import { type Place, PLACES } from './places.ts'

const ICONS: Record<Place, typeof ImageIcon> = {
  images: ImageIcon,
  text: TextIcon,
  qr: QrIcon,
  usage: UsageIcon,
  plans: PlansIcon,
}

/** The main navigation: in the header on large screens, at the bottom on small ones. */
export function Nav() {
  const { t } = useCopy()
  return (
    <nav
      aria-label={t.nav.label}
      className="max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-20 max-md:border-t max-md:border-line max-md:bg-surface max-md:pb-[env(safe-area-inset-bottom)]"
    >
      <ul className="flex items-center justify-around md:justify-start md:gap-1">
        {PLACES.map((place) => (
          <li key={place.path} className="min-w-0 max-md:flex-1">
            <NavLink path={place.path} Icon={ICONS[place.name]} label={t.nav[place.name]} />
          </li>
        ))}
      </ul>
    </nav>
  )
}

function NavLink(props: { path: string; label: string; Icon: typeof ImageIcon }) {
  const { path, label, Icon } = props
  const [here] = useRoute(path)
  return (
    <Link
      href={path}
      aria-current={here ? 'page' : undefined}
      className="flex min-h-11 items-center gap-2 rounded-control px-3 text-sm font-medium text-muted transition-colors hover:text-ink aria-[current=page]:text-ink max-md:min-h-14 max-md:flex-col max-md:justify-center max-md:gap-1 max-md:px-0 max-md:text-[0.6875rem] md:aria-[current=page]:bg-ink/6 max-md:aria-[current=page]:text-accent"
    >
      <Icon className="size-5 shrink-0 md:hidden" />
      <span className="max-w-full max-md:text-center max-md:leading-tight max-md:[overflow-wrap:anywhere]">
        {label}
      </span>
    </Link>
  )
}
