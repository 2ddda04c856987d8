import { useCopy } from '../../copy/copy-context.tsx'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'

export type CheckoutState = 'waiting' | 'arrived' | 'late' | 'cancelled'

/** The state of a checkout after the person has returned from it. */
export function CheckoutNotice(props: {
  state: CheckoutState
  /** "Continue · 1 image" needs the price; without it, plain "Continue". */
  continueLabel?: string | undefined
  onContinue?: (() => void) | undefined
  onCheckAgain: () => void
  onClose: () => void
}) {
  const { state, continueLabel, onContinue, onCheckAgain, onClose } = props
  const { t } = useCopy()
  const close = <Button onClick={onClose}>{t.checkout.close}</Button>
  switch (state) {
    case 'waiting':
      return (
        <Notice tone="busy" title={t.checkout.waitingTitle}>
          <p>{t.checkout.waitingText}</p>
        </Notice>
      )
    case 'arrived':
      return (
        <Notice
          tone="good"
          title={t.checkout.arrivedTitle}
          actions={
            <>
              {onContinue ? (
                <Button look="primary" onClick={onContinue}>
                  {continueLabel ?? t.checkout.continue}
                </Button>
              ) : null}
              {close}
            </>
          }
        >
          <p>{onContinue ? t.checkout.arrivedText : t.checkout.arrivedPlain}</p>
        </Notice>
      )
    case 'late':
      return (
        <Notice
          tone="warn"
          title={t.checkout.lateTitle}
          actions={
            <>
              <Button look="primary" onClick={onCheckAgain}>
                {t.checkout.checkAgain}
              </Button>
              {close}
            </>
          }
        >
          <p>{t.checkout.lateText}</p>
        </Notice>
      )
    case 'cancelled':
      return (
        <Notice tone="info" title={t.checkout.cancelledTitle} actions={close}>
          <p>{t.checkout.cancelledText}</p>
        </Notice>
      )
  }
}
