import { type BilledStream, StreamCutError } from '@tollgate/client/react'
import { describeResult } from '@tollgate/contract/copy'
import type { ReactNode } from 'react'
import { BilledStudio } from '../billed-call/billed-studio.tsx'
import { ChargeStatement } from '../refusal/charge-statement.tsx'
import { useBilledStudio } from '../billed-call/use-billed-studio.ts'
import { useDraft } from '../billed-call/use-draft.ts'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { Notice } from '../../components/notice.tsx'
import { trpc } from '../../connection/trpc.ts'
import { useCopy } from '../../copy/copy-context.tsx'
import { estimateTokens } from '@tollgate/contract/copy'
import { EarlierResults } from '../results/earlier-results.tsx'
import { ShownResult } from '../results/shown-result.tsx'
import { useInterrupted } from '../results/use-interrupted.ts'
import { useLibrary } from '../results/use-library.ts'
import { SummaryCanvas } from './summary-canvas.tsx'
import { isLength, TextForm } from './text-form.tsx'

/** From a long text to a short one, charged by actual use. */
export function TextStudio(props: { balance: ReactNode }) {
  const { t } = useCopy()
  const [draft, setText] = useDraft('text.input')
  const [length, setLength] = useDraft('text.sentences')
  const chosen = isLength(length) ? length : '3'
  const input = { text: draft.trim(), sentences: Number(chosen) }
  const summarize = useTollgate().useBilledStream((api) => api.text.summarize)
  const words = summarize.chunks.map((chunk) => chunk.text).join('')
  const library = useLibrary({
    procedure: 'text.summarize',
    answer: { output: { text: words }, receipt: summarize.receipt },
  })
  const studio = useBilledStudio({
    path: 'text.summarize',
    meter: 'ai_tokens',
    call: summarize,
    send() {
      library.open(null)
      summarize.submit(input)
    },
    about: input.text ? { ...estimateTokens(input.text, input.sentences), input } : null,
  })
  const interrupted = useInterrupted('text.summarize')
  const { shown } = library
  const isFresh = shown?.operationId === summarize.receipt?.operationId
  // The output of a failed call stays on screen until another result is opened.
  const isCut = summarize.status === 'error' && words !== ''
  const isLive = studio.pending || (isCut && !library.isOpened)
  const { content } = describeResult('text.summarize', shown?.output)
  const kept = content.kind === 'text' ? content.text : ''
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
          model={useModelLabel()}
        />
      }
      canvas={
        <SummaryCanvas
          summary={isLive ? words : kept}
          receipt={isFresh ? summarize.receipt : null}
          pending={studio.pending}
          stopped={isLive ? summarize.stopped : shown?.complete === false}
          kept={
            isLive ? null : (
              <ShownResult library={library} withCost={!isFresh} running={interrupted} />
            )
          }
          earlier={<EarlierResults library={library} />}
        />
      }
    />
  )
}

/** The server's model for summaries; null while unknown. */
function useModelLabel(): string | null {
  const { t } = useCopy()
  const { data: model } = trpc.text.model.useQuery(undefined, { staleTime: Infinity })
  if (!model) return null
  return model.kind === 'extractive' ? t.text.extractive : t.text.provider(model.name)
}

/** Endings that only a stream has: stopped by the user, or cut off. Undefined for all others. */
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
