import type { ReactNode } from 'react'
import { useCopy } from '../../copy/copy-context.tsx'
import { StudioLayout } from '../../components/studio-layout.tsx'
import type { BilledCallState } from '../refusal/billed-call-state.ts'
import { CheckoutReturn } from '../checkout/checkout-return.tsx'
import { FailureNotice } from '../refusal/failure-notice.tsx'
import type { BilledStudioState } from './use-billed-studio.ts'

/** A page of one billed procedure: its form, its result, and refusals of billing in between. */
export function BilledStudio(props: {
  title: string
  balance: ReactNode
  studio: BilledStudioState
  call: BilledCallState
  /** Whether the form can be submitted. */
  ready: boolean
  form: ReactNode
  canvas: ReactNode
  /** Replaces the usual notice of a failed call. */
  failure?: ReactNode
}) {
  const { title, balance, studio, call, ready, form, canvas, failure } = props
  const { t } = useCopy()
  const { cost, foreseen, submit } = studio
  return (
    <StudioLayout
      title={title}
      balance={balance}
      form={form}
      notices={
        <>
          <CheckoutReturn
            onContinue={ready ? submit : undefined}
            continueLabel={cost ? `${t.checkout.continue} · ${cost}` : t.checkout.continue}
          />
          {failure === undefined ? <FailureNotice call={call} foreseen={foreseen} /> : failure}
        </>
      }
      canvas={canvas}
    />
  )
}
