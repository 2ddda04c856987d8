import type { ReactNode, SubmitEvent } from 'react'
import { CheckoutReturn } from '../../components/billing/checkout-return.tsx'
import { FailureNotice } from '../../components/billing/failure-notice.tsx'
import { SubmitButton } from '../../components/billing/submit-button.tsx'
import { useBlocked } from '../../components/billing/use-blocked.ts'
import { useCost } from '../../components/billing/use-cost.ts'
import { useDraft } from '../../components/billing/use-draft.ts'
import { useForeseenRefusal } from '../../components/billing/use-foreseen-refusal.ts'
import { Field, INPUT_STYLE } from '../../components/ui/field.tsx'
import { showResult, StudioLayout } from '../../components/ui/studio-layout.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { QrCanvas } from './qr-canvas.tsx'
import { useMakeQrCode } from './use-make-qr-code.ts'

const TEXT_MAX = 1000

/** From a link to a code. */
export function QrStudio(props: { balance: ReactNode }) {
  const { t, f } = useCopy()
  const [text, setText] = useDraft('qr.text')
  const qr = useMakeQrCode()
  const price = useCost('tools.qrCode')?.cost
  const amount = price?.kind === 'fixed' ? price.amount : null
  const pending = qr.status === 'pending'
  const foreseen = useForeseenRefusal('api_calls', amount)
  const blocked = useBlocked(foreseen, pending)

  function submit(): void {
    showResult()
    qr.submit({ text: text.trim() })
  }

  return (
    <StudioLayout
      title={t.qr.title}
      balance={props.balance}
      form={
        <form
          className="grid gap-5"
          onSubmit={(event: SubmitEvent) => {
            event.preventDefault()
            submit()
          }}
        >
          <Field label={t.qr.input}>
            {(ids) => (
              <input
                {...ids}
                name="text"
                required
                maxLength={TEXT_MAX}
                value={text}
                placeholder={t.qr.placeholder}
                onChange={(event) => setText(event.target.value)}
                className={INPUT_STYLE}
              />
            )}
          </Field>
          <SubmitButton
            label={t.qr.submit}
            pendingLabel={t.qr.pending}
            cost={amount === null ? null : t.cost.fixed(f, amount)}
            pending={pending}
            blocked={blocked}
          />
        </form>
      }
      notices={
        <>
          <CheckoutReturn onContinue={text.trim() ? submit : undefined} />
          <FailureNotice {...qr} foreseen={pending ? null : foreseen} />
        </>
      }
      canvas={
        <QrCanvas
          svg={qr.output?.svg ?? null}
          text={qr.input?.text ?? ''}
          receipt={qr.receipt}
          pending={pending}
        />
      }
    />
  )
}
