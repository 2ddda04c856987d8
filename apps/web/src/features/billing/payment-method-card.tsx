import type { PaymentMethod } from '@tollgate/contract'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { PlansIcon } from '../../components/icons.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { usePayment } from './use-payment.ts'

/** The customer's payment method, with a link to change it on the hosted page. */
export function PaymentMethodCard(props: { methods: readonly PaymentMethod[] | undefined }) {
  const { methods } = props
  const { t } = useCopy()
  const payment = usePayment()
  const method = methods?.[0]
  return (
    <Card title={t.billing.method}>
      <div className="flex min-h-12 items-center gap-3">
        {methods === undefined ? <Skeleton className="h-6 w-48" /> : null}
        {method ? (
          <>
            <PlansIcon className="size-6 shrink-0 text-muted" />
            <span className="min-w-0 font-medium">{describe(method)}</span>
          </>
        ) : null}
        {methods && !method ? <p className="text-muted">{t.billing.methodEmpty}</p> : null}
      </div>
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <Button
          pending={payment.opening !== null}
          blocked={methods === undefined}
          onClick={() => payment.open('payment_method')}
        >
          {method ? t.billing.updateMethod : t.billing.addMethod}
        </Button>
        {payment.failed ? (
          <p role="alert" className="text-sm font-medium text-danger">
            {t.billing.payFailed}
          </p>
        ) : null}
      </div>
    </Card>
  )

  function describe({ brand, last4 }: PaymentMethod): string {
    if (!last4) return brand ? brandName(brand) : t.billing.otherMethod
    return t.billing.card(brand ? brandName(brand) : t.billing.otherMethod, last4)
  }

  function brandName(brand: string): string {
    return brand === 'test'
      ? t.billing.testCard
      : `${brand.charAt(0).toUpperCase()}${brand.slice(1)}`
  }
}
