import { useEffect } from 'react'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'
import { AlertLine } from './alert-line.tsx'
import { useAlerts } from './use-alerts.ts'

const { t } = copy

/** Alerts, newest first; displaying them marks them as read. */
export function AlertList() {
  const { query, markRead, dismiss } = useAlerts()
  const alerts = query.data?.alerts
  const unread = alerts?.filter(({ isRead }) => !isRead).map(({ id }) => id) ?? []
  const ids = unread.join(' ')
  useEffect(() => {
    if (ids !== '') markRead({ ids: ids.split(' ') })
  }, [ids, markRead])

  if (query.isPending) return <Words as="quiet">{t.bell.reading}</Words>
  if (!alerts) {
    return (
      <Card>
        <Words alert>{t.bell.unavailable}</Words>
        <Button label={t.operation.again} onPress={() => void query.refetch()} />
      </Card>
    )
  }
  if (alerts.length === 0) return <Words as="quiet">{t.bell.empty}</Words>
  return (
    <Card>
      {alerts.map((alert) => (
        <AlertLine key={alert.id} alert={alert} onDismiss={() => dismiss({ id: alert.id })} />
      ))}
    </Card>
  )
}
