import { Link } from 'wouter'
import { buttonStyle } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Choice } from '../../components/choice.tsx'
import { Notice } from '../../components/notice.tsx'
import { LANGUAGES, type Locale, LOCALES } from '../../copy/locale.ts'
import { useCopy } from '../../copy/copy-context.tsx'
import { CredentialsForm } from './credentials-form.tsx'
import { SignOutButton } from './sign-out-button.tsx'
import type { Theme } from './theme.ts'
import type { Person } from './use-session.ts'

/** The user's account, appearance and language. */
export function AccountPanel(props: {
  person: Person
  theme: Theme
  onTheme: (theme: Theme) => void
  locale: Locale
  onLocale: (locale: Locale) => void
}) {
  const { person, theme, onTheme, locale, onLocale } = props
  const { t } = useCopy()
  return (
    <div className="grid items-start gap-5 md:grid-cols-2">
      <Card title={person.isGuest ? t.account.guest : person.name}>
        <div className="grid gap-5">
          {person.isGuest ? (
            <>
              <Notice tone="info" title={t.account.keep}>
                <p>{t.account.keepHint}</p>
              </Notice>
              <CredentialsForm startWith="new" />
            </>
          ) : (
            <>
              <p className="text-muted">{person.email}</p>
              <Link href="/team" className={buttonStyle('secondary')}>
                {t.team.manage}
              </Link>
            </>
          )}
          <SignOutButton isGuest={person.isGuest} />
        </div>
      </Card>
      <Card title={t.apiKeys.title} lead={t.apiKeys.lead}>
        <Link href="/account/keys" className={buttonStyle('secondary')}>
          {t.apiKeys.open}
        </Link>
      </Card>
      <Card title={t.accountData.title} lead={t.accountData.lead}>
        <Link href="/account/data" className={buttonStyle('secondary')}>
          {t.accountData.open}
        </Link>
      </Card>
      <Card label={t.account.theme}>
        <div className="grid gap-6">
          <Choice
            label={t.account.theme}
            value={theme}
            onChange={onTheme}
            options={(['system', 'light', 'dark'] as const).map((value) => ({
              value,
              label: t.account.themes[value],
            }))}
          />
          <Choice
            label={t.account.language}
            value={locale}
            onChange={onLocale}
            options={LOCALES.map((value) => ({ value, label: LANGUAGES[value].name }))}
          />
        </div>
      </Card>
    </div>
  )
}
