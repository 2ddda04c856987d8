import { type BilledStream, StreamCutError } from '@tollgate/client/react'
import type { ReactNode } from 'react'
import { BilledStudio } from '../billed-call/billed-studio.tsx'
import { ChargeStatement } from '../refusal/charge-statement.tsx'
import { useBilledStudio } from '../billed-call/use-billed-studio.ts'
import { useDraft } from '../billed-call/use-draft.ts'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { Notice } from '../../components/notice.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { estimateTokens } from '@tollgate/contract/copy'
import { SummaryCanvas } from './summary-canvas.tsx'
import { isLength, TextForm } from './text-form.tsx'

/** From a long text to a short one, paid by what it really took. */
export function TextStudio(props: { balance: ReactNode }) {
  const { t } = useCopy()
  const [draft, setText] = useDraft('text.input')
  const [length, setLength] = useDraft('text.sentences')
  const chosen = isLength(length) ? length : '3'
  const input = { text: draft.trim(), sentences: Number(chosen) }
  const summarize = useTollgate().useBilledStream((api) => api.text.summarize)
  const studio = useBilledStudio({
    path: 'text.summarize',
    meter: 'ai_tokens',
    call: summarize,
    send: () => summarize.submit(input),
    about: input.text ? { ...estimateTokens(input.text, input.sentences), input } : null,
  })
  return (
    <BilledStudio
      title={t.text.title}
      balance={props.balance}
      studio={studio}
      call={summarize}
      ready={input.text !== ''}
      failure={failureOf(summarize, t.text.cut)}
      form={
        <TextForm
          text={draft}
          sentences={chosen}
          onText={setText}
          onSentences={setLength}
          onStop={summarize.stop}
          studio={studio}
        />
      }
      canvas={
        <SummaryCanvas
          summary={summarize.chunks.map((chunk) => chunk.text).join('')}
          receipt={summarize.receipt}
          pending={studio.pending}
          stopped={summarize.stopped}
        />
      }
    />
  )
}

/** How a stream can end that nothing else can: stopped on purpose, or cut off. Undefined for every other end. */
function failureOf(
  summarize: BilledStream<unknown, unknown, unknown>,
  cutTitle: string,
): ReactNode {
  const { status, stopped, error, operationKey } = summarize
  if (stopped && status === 'error') return null
  if (!(error instanceof StreamCutError) || !operationKey) return undefined
  return (
    <Notice tone="danger" title={cutTitle} urgent>
      <ChargeStatement operationKey={operationKey} />
    </Notice>
  )
}
