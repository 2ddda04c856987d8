import { ALERT_THRESHOLDS, type AlertPreferences } from '@tollgate/contract'
import { useState } from 'react'
import { Card } from '../../components/card.tsx'
import { Choices } from '../../components/choices.tsx'
import { Notice } from '../../components/notice.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { AlertWebhook } from './alert-webhook.tsx'
import { EmailSwitch } from './email-switch.tsx'
import { UnverifiedAddress } from './unverified-address.tsx'
import { useAlertPreferences } from './use-alert-preferences.ts'

/** The thresholds and channels of alerts, and the note that nothing is bought automatically. */
export function AlertCard() {
  const { t, f } = useCopy()
  const { preferences, save, isSaving, isFailed } = useAlertPreferences()
  const [failures, setFailures] = useState(0)
  const change = (wanted: Partial<AlertPreferences>) =>
    save(wanted, () => setFailures(failures + 1))
  return (
    <Card title={t.alerts.title}>
      <div className="grid gap-5">
        {preferences?.mayChange === false ? (
          <p className="text-sm">{t.alerts.onlyOwners}</p>
        ) : preferences ? (
          <>
            <Choices
              // Reverts to the stored value if the change failed.
              key={`thresholds ${failures}`}
              label={t.alerts.from}
              values={preferences.thresholds}
              onChange={(thresholds) => change({ thresholds })}
              options={ALERT_THRESHOLDS.map((percent) => ({
                value: percent,
                label: f.percent(percent),
              }))}
            />
            <p className="text-sm text-muted">{t.alerts.once}</p>
            {preferences.emailAddress ? (
              <EmailSwitch
                key={`email ${failures}`}
                address={preferences.emailAddress}
                isOn={preferences.email}
                onChange={(email) => change({ email })}
              />
            ) : null}
            {preferences.emailAddress && !preferences.isEmailVerified ? (
              <UnverifiedAddress address={preferences.emailAddress} />
            ) : null}
            <AlertWebhook
              // Resets the field when the address has changed.
              key={preferences.webhookUrl}
              url={preferences.webhookUrl}
              secret={preferences.webhookSecret}
              pending={isSaving}
              onChange={(webhookUrl) => change({ webhookUrl })}
            />
          </>
        ) : (
          <Skeleton className="h-18" />
        )}
        {isFailed ? <Notice tone="danger" title={t.alerts.failed} urgent /> : null}
        {preferences ? (
          // Rendered together with the rest to avoid a layout shift.
          <p className="text-sm">
            <span className="font-medium">{t.alerts.topUp}</span>{' '}
            <span className="text-muted">{t.alerts.topUpText}</span>
          </p>
        ) : null}
      </div>
    </Card>
  )
}
