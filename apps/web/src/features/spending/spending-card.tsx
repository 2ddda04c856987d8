import { catalog } from '@tollgate/contract/catalog'
import { useEffect, useRef } from 'react'
import { Card } from '../../components/card.tsx'
import { Notice } from '../../components/notice.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { SpendCapForm } from './spend-cap-form.tsx'
import { useSpendCaps } from './use-spend-caps.ts'

/** Where "Raise the limit" leads. */
const ADDRESS = 'spending'

/** A monthly cap per meter, set by the customer and enforced by the server. */
export function SpendingCard() {
  const { t } = useCopy()
  const { caps, change } = useSpendCaps()
  const place = useRef<HTMLDivElement>(null)
  const known = caps !== undefined
  useEffect(() => {
    if (!known || location.hash !== `#${ADDRESS}`) return
    place.current?.scrollIntoView()
    place.current?.querySelector('input')?.focus({ preventScroll: true })
  }, [known])
  return (
    <div id={ADDRESS} ref={place} className="scroll-mt-4">
      <Card title={t.spending.title} lead={t.spending.lead}>
        <div className="grid gap-6">
          {Object.keys(catalog.meters).map((meter) => {
            const cap = caps?.find((one) => one.meter === meter) ?? null
            return (
              <SpendCapForm
                // Resets the field when the cap has loaded or changed.
                key={`${meter}:${cap?.cap}`}
                meter={meter}
                cap={cap}
                loading={caps === undefined}
                pending={change.isPending && change.variables.meter === meter}
                onChange={(limit) => change.mutate({ meter, cap: limit })}
              />
            )
          })}
          {change.isError ? <Notice tone="danger" title={t.spending.failed} urgent /> : null}
        </div>
      </Card>
    </div>
  )
}
