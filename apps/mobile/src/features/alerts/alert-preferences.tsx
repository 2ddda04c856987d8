import { ALERT_THRESHOLDS } from '@tollgate/contract'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Check } from '../../ui/check.tsx'
import { Checks } from '../../ui/checks.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'
import { useAlertPreferences } from './use-alert-preferences.ts'

const { t, f } = copy

/** The thresholds of alerts, and whether they are also sent by e-mail. */
export function AlertPreferences() {
  const { preferences, isPending, isFailed, refetch, change } = useAlertPreferences()
  if (isPending) return null
  return (
    <Card>
      <Words as="title">{t.alerts.preferences}</Words>
      {!preferences ? (
        <>
          <Words alert>{t.bell.unavailable}</Words>
          <Button label={t.operation.again} onPress={refetch} />
        </>
      ) : preferences.mayChange ? (
        <>
          <Checks
            label={t.alerts.from}
            values={preferences.thresholds}
            options={ALERT_THRESHOLDS.map((value) => ({ value, label: f.percent(value) }))}
            onChange={(thresholds) => change({ thresholds })}
          />
          <Words as="quiet">{t.alerts.once}</Words>
          {preferences.emailAddress ? (
            <Check
              label={t.alerts.email(preferences.emailAddress)}
              isChecked={preferences.email}
              onChange={(email) => change({ email })}
            />
          ) : null}
          {preferences.emailAddress && !preferences.isEmailVerified ? (
            <Words as="quiet">{t.alerts.unverified}</Words>
          ) : null}
        </>
      ) : (
        <Words>{t.alerts.onlyOwners}</Words>
      )}
      {isFailed ? (
        <Words tone="danger" alert>
          {t.alerts.notSaved}
        </Words>
      ) : null}
    </Card>
  )
}
