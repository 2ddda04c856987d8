import { Card } from '../../components/card.tsx'
import { Choice } from '../../components/choice.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { useWarnFrom, WARN_FROM } from './use-warn-from.ts'

/** When to warn of a low balance, and that nothing is bought automatically. */
export function AlertCard() {
  const { t, f } = useCopy()
  const [warnFrom, setWarnFrom] = useWarnFrom()
  return (
    <Card title={t.alerts.title}>
      <div className="grid gap-5">
        <Choice
          label={t.alerts.from}
          value={String(warnFrom)}
          onChange={(value) =>
            setWarnFrom(WARN_FROM.find((percent) => String(percent) === value) ?? WARN_FROM[0])
          }
          options={WARN_FROM.map((percent) => ({
            value: String(percent),
            label: f.percent(percent),
          }))}
        />
        <p className="text-sm">
          <span className="font-medium">{t.alerts.topUp}</span>{' '}
          <span className="text-muted">{t.alerts.topUpText}</span>
        </p>
      </div>
    </Card>
  )
}
