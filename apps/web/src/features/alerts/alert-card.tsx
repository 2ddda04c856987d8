import { ALERT_THRESHOLDS } from '@tollgate/contract'
import { Card } from '../../components/card.tsx'
import { Choices } from '../../components/choices.tsx'
import { Notice } from '../../components/notice.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { useAlertPreferences } from './use-alert-preferences.ts'

/** At which used shares to be alerted, and that nothing is bought automatically. */
export function AlertCard() {
  const { t, f } = useCopy()
  const { thresholds, save, isFailed } = useAlertPreferences()
  return (
    <Card title={t.alerts.title}>
      <div className="grid gap-5">
        {thresholds ? (
          <Choices
            label={t.alerts.from}
            values={thresholds}
            onChange={save}
            options={ALERT_THRESHOLDS.map((percent) => ({
              value: percent,
              label: f.percent(percent),
            }))}
          />
        ) : (
          <Skeleton className="h-18" />
        )}
        {isFailed ? <Notice tone="danger" title={t.alerts.failed} urgent /> : null}
        <p className="text-sm text-muted">{t.alerts.once}</p>
        <p className="text-sm">
          <span className="font-medium">{t.alerts.topUp}</span>{' '}
          <span className="text-muted">{t.alerts.topUpText}</span>
        </p>
      </div>
    </Card>
  )
}
