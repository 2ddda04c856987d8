import type { ComponentProps } from 'react'
import { Button } from '../../components/button.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { usePayment } from './use-payment.ts'

/** Opens the page where the unpaid invoice is paid. */
export function PayButton(props: { look?: ComponentProps<typeof Button>['look'] }) {
  const { look = 'primary' } = props
  const { t } = useCopy()
  const payment = usePayment()
  return (
    <>
      <Button
        look={look}
        pending={payment.opening !== null}
        onClick={() => payment.open('open_invoice')}
      >
        {t.actions.pay}
      </Button>
      {payment.failed ? (
        <p role="alert" className="self-center text-sm font-medium text-danger">
          {t.billing.payFailed}
        </p>
      ) : null}
    </>
  )
}
