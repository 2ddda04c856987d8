import { useTheme } from '../features/account/theme.ts'
import { useCopy } from '../copy/copy-context.tsx'
import type { Locale } from '../copy/locale.ts'
import { AccountPanel } from '../features/account/account-panel.tsx'
import type { Person } from '../features/account/use-session.ts'

/** The person's own page. */
export function AccountPage(props: {
  person: Person
  locale: Locale
  onLocale: (locale: Locale) => void
}) {
  const { t } = useCopy()
  const [theme, setTheme] = useTheme()
  return (
    <div className="mx-auto grid max-w-4xl gap-6">
      <h1 className="text-2xl sm:text-[1.75rem]">{t.account.menu}</h1>
      <AccountPanel {...props} theme={theme} onTheme={setTheme} />
    </div>
  )
}
