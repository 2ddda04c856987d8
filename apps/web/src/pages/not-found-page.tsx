import { Link } from 'wouter'
import { buttonStyle } from '../components/button.tsx'
import { useCopy } from '../copy/copy-context.tsx'

/** Shown for unknown paths. */
export function NotFoundPage() {
  const { t } = useCopy()
  return (
    <div className="grid min-h-96 place-content-center justify-items-center gap-3 text-center">
      <h1 className="text-2xl">{t.notFound.title}</h1>
      <p className="text-muted">{t.notFound.text}</p>
      <Link href="/" className={buttonStyle('secondary')}>
        {t.notFound.home}
      </Link>
    </div>
  )
}
