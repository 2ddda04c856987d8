import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { useCopy } from '../copy/copy-context.tsx'
import { placeOf } from './places.ts'

/** Begins every page at its top and names it in the window's title. */
export function usePageChange(): void {
  const { t } = useCopy()
  const [path] = useLocation()
  const place = placeOf(path)
  const title = place ? `${t.nav[place]} · ${t.brand}` : t.brand
  useEffect(() => {
    document.title = title
  }, [title])
  useEffect(() => {
    scrollTo(0, 0)
  }, [path])
}
