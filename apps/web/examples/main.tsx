import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { chosenLocale, loadCopy } from '../src/copy/locale.ts'
import { applyTheme, chosenTheme } from '../src/features/account/theme.ts'
import { Gallery } from './gallery.tsx'
import '../src/styles.css'

applyTheme(chosenTheme())
const locale = chosenLocale()
document.documentElement.lang = locale
const isPseudo = localStorage.getItem('tollgate:locale') === 'pseudo'
const copy = isPseudo ? (await import('./pseudo-copy.ts')).pseudoCopy() : await loadCopy(locale)
const root = document.querySelector('#root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Gallery copy={copy} locale={locale} />
    </StrictMode>,
  )
}
