import { StreamCutError } from '@tollgate/client/react'
import type { ExhaustedError } from '@tollgate/contract'
import type { ReactNode } from 'react'
import { ChargeStatement } from '../../components/billing/charge-statement.tsx'
import { CheckoutReturn } from '../../components/billing/checkout-return.tsx'
import { FailureNotice } from '../../components/billing/failure-notice.tsx'
import { useBlocked } from '../../components/billing/use-blocked.ts'
import { useCost } from '../../components/billing/use-cost.ts'
import { useDraft } from '../../components/billing/use-draft.ts'
import { useForeseenRefusal } from '../../components/billing/use-foreseen-refusal.ts'
import { Notice } from '../../components/ui/notice.tsx'
import { showResult, StudioLayout } from '../../components/ui/studio-layout.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { estimateTokens } from './estimate-tokens.ts'
import { SummaryCanvas } from './summary-canvas.tsx'
import { isLength, TextForm } from './text-form.tsx'
import { useSummarize } from './use-summarize.ts'

/** From a long text to a short one, paid by what it really took. */
export function TextStudio(props: { balance: ReactNode }) {
  const { t } = useCopy()
  const [text, setText] = useDraft('text.input')
  const [length, setLength] = useDraft('text.sentences')
  const sentences = isLength(length) ? length : '3'
  const summarize = useSummarize()
  const pending = summarize.status === 'pending'
  // One token is the least a summary can take; the server knows the real hold.
  const foreseen = useForeseenRefusal('ai_tokens', 1)
  const blocked = useBlocked(foreseen, pending)
  const cost = useCostLabel(text, Number(sentences))

  function submit(): void {
    showResult()
    summarize.submit({ text: text.trim(), sentences: Number(sentences) })
  }

  return (
    <StudioLayout
      title={t.text.title}
      balance={props.balance}
      form={
        <TextForm
          text={text}
          sentences={sentences}
          onText={setText}
          onSentences={setLength}
          onSubmit={submit}
          onStop={summarize.stop}
          cost={cost}
          pending={pending}
          blocked={blocked}
        />
      }
      notices={
        <>
          <CheckoutReturn onContinue={text.trim() ? submit : undefined} />
          <Failure summarize={summarize} foreseen={pending ? null : foreseen} />
        </>
      }
      canvas={
        <SummaryCanvas
          summary={summarize.chunks.map((chunk) => chunk.text).join('')}
          receipt={summarize.receipt}
          pending={pending}
          stopped={summarize.stopped}
        />
      }
    />
  )
}

function useCostLabel(text: string, sentences: number): string | null {
  const { t, f } = useCopy()
  const price = useCost('text.summarize')?.cost
  if (!price || !text.trim()) return null
  if (price.kind === 'fixed') return t.cost.fixed(f, price.amount)
  const about = t.cost.about(f, { meter: 'ai_tokens', ...estimateTokens(text, sentences) })
  return price.hold === null ? about : `${about}, ${t.cost.held(f, price.hold)}`
}

type Summarize = ReturnType<typeof useSummarize>

function Failure(props: { summarize: Summarize; foreseen: ExhaustedError | null }) {
  const { summarize, foreseen } = props
  const { t } = useCopy()
  if (summarize.stopped && summarize.status === 'error') return null
  if (summarize.error instanceof StreamCutError && summarize.operationKey) {
    return (
      <Notice tone="danger" title={t.text.cut} urgent>
        <ChargeStatement operationKey={summarize.operationKey} />
      </Notice>
    )
  }
  return <FailureNotice {...summarize} foreseen={foreseen} />
}
