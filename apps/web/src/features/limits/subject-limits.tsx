import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { LimitDialog } from './limit-dialog.tsx'
import { draftOf, type LimitDraft } from './limit-draft.ts'
import { LimitLine } from './limit-line.tsx'
import { isOf, type Subject } from './subject.ts'
import { useLimits } from './use-limits.ts'
import { useMeters } from './use-meters.ts'

/** The limits of a member or an API key, editable for those with the permission. */
export function SubjectLimits(props: {
  subject: Subject
  /** The subject's name, as the user knows it. */
  name: string
  mayChange: boolean
}) {
  const { subject, name, mayChange } = props
  const { t } = useCopy()
  const meters = useMeters()
  const { limits } = useLimits()
  const [draft, setDraft] = useState<LimitDraft | null>(null)
  const own = limits?.filter((limit) => isOf(subject, limit)) ?? []
  const free = meters.find((meter) => !own.some((limit) => limit.meter === meter))
  if (!mayChange && own.length === 0) return null
  return (
    <div className="grid basis-full justify-items-stretch gap-3">
      {own.map((limit) => (
        <LimitLine
          key={limit.meter}
          limit={limit}
          name={name}
          action={
            mayChange ? (
              <Button
                look="quiet"
                aria-label={t.limits.changeOf(name, t.meter.name(limit.meter))}
                onClick={() => setDraft(draftOf(limit.meter, own))}
              >
                {t.limits.change}
              </Button>
            ) : null
          }
        />
      ))}
      {mayChange && limits && free ? (
        <div className="-ms-4">
          <Button
            look="quiet"
            aria-label={t.limits.addFor(name)}
            onClick={() => setDraft(draftOf(free, own))}
          >
            {t.limits.add}
          </Button>
        </div>
      ) : null}
      {mayChange ? (
        <LimitDialog subject={subject} name={name} limits={own} draft={draft} onDraft={setDraft} />
      ) : null}
    </div>
  )
}
