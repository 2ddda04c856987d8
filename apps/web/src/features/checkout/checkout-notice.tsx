import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

export type CheckoutState = 'waiting' | 'arrived' | 'late' | 'cancelled'

/** The state of a checkout after the user has returned from it. */
export function CheckoutNotice(props: {
  state: CheckoutState
  /** Its purpose, if nothing was bought. */
  purpose?: 'open_invoice' | 'payment_method' | undefined
  /** "Continue · 1 image" needs the price; without it, plain "Continue". */
  continueLabel?: string | undefined
  onContinue?: (() => void) | undefined
  onCheckAgain: () => void
  onClose: () => void
}) {
  const { state, purpose, continueLabel, onContinue, onCheckAgain, onClose } = props
  const { t } = useCopy()
  const { title, text } =
    purpose && state === 'arrived' ? t.checkout.done[purpose] : t.checkout[state]
  return (
    <Notice
      tone={TONES[state]}
      title={title}
      actions={
        state === 'waiting' ? null : (
          <>
            {state === 'arrived' && onContinue ? (
              <Button look="primary" onClick={onContinue}>
                {continueLabel ?? t.checkout.continue}
              </Button>
            ) : null}
            {state === 'late' ? (
              <Button look="primary" onClick={onCheckAgain}>
                {t.checkout.checkAgain}
              </Button>
            ) : null}
            <Button onClick={onClose}>{t.checkout.close}</Button>
          </>
        )
      }
    >
      <p>{state === 'arrived' && !onContinue && !purpose ? t.checkout.arrivedPlain : text}</p>
    </Notice>
  )
}

const TONES = { waiting: 'busy', arrived: 'good', late: 'warn', cancelled: 'info' } as const
