import { StrictMode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Connection } from './connection/connection.tsx'
import { App } from './app/app.tsx'
import { applyTheme, chosenTheme } from './features/account/theme.ts'
import { tollgate } from './app/tollgate.ts'
import { CopyProvider } from './copy/copy-context.tsx'
import type { Copy } from './copy/en.ts'
import { chosenLocale, formatLocale, loadCopy, rememberLocale, type Locale } from './copy/locale.ts'
import './styles.css'

applyTheme(chosenTheme())
const locale = chosenLocale()
const copy = await loadCopy(locale)
const root = document.querySelector('#root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Studio firstLocale={locale} firstCopy={copy} />
    </StrictMode>,
  )
}

function Studio(props: { firstLocale: Locale; firstCopy: Copy }) {
  const [spoken, setSpoken] = useState({ locale: props.firstLocale, copy: props.firstCopy })
  useEffect(() => {
    document.documentElement.lang = spoken.locale
  }, [spoken.locale])

  async function speak(chosen: Locale): Promise<void> {
    rememberLocale(chosen)
    setSpoken({ locale: chosen, copy: await loadCopy(chosen) })
  }

  return (
    <CopyProvider copy={spoken.copy} locale={formatLocale(spoken.locale)}>
      <Connection tollgate={tollgate}>
        <App locale={spoken.locale} onLocale={(chosen) => void speak(chosen)} />
      </Connection>
    </CopyProvider>
  )
}
