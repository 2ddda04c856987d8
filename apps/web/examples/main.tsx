import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { chosenLocale, loadCopy } from '../src/copy/locale.ts'
import { applyTheme, chosenTheme } from '../src/features/account/theme.ts'
import { Gallery } from './gallery.tsx'
import '../src/styles.css'

applyTheme(chosenTheme())
const locale = chosenLocale()
document.documentElement.lang = locale
const copy = await loadCopy(locale)
const root = document.querySelector('#root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Gallery copy={copy} locale={locale} />
    </StrictMode>,
  )
}
