import { estimateTokens } from '@tollgate/contract/copy'
import { useState } from 'react'
import { useTollgate } from '../../connection/tollgate-context.ts'
import { copy } from '../../copy.ts'
import { BalanceMeter } from '../balance/balance-meter.tsx'
import { LowBalance } from '../balance/low-balance.tsx'
import { useCost } from '../balance/use-cost.ts'
import { CallFailure } from '../credits/call-failure.tsx'
import { ReceiptLine } from '../credits/receipt-line.tsx'
import { useOfflineQuestion } from '../intents/use-offline-question.tsx'
import { EarlierResults } from '../results/earlier-results.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { Words } from '../../ui/words.tsx'

const { t } = copy

/** The server's default. */
const SENTENCES = 3

/** From a long text to a short one, shown as it streams; charged by use. */
export function Summarizer() {
  const [text, setText] = useState('')
  const summary = useTollgate().useBilledStream((api) => api.text.summarize)
  const about = text.trim() === '' ? null : estimateTokens(text, SENTENCES)
  const cost = useCost('text.summarize', about)
  const offline = useOfflineQuestion(cost)
  const isRunning = summary.status === 'pending' && !offline.isOffline
  const model = labelOf(summary.chunks[0]?.model)
  const more = summary.receipt?.more
  const written = summary.chunks.map((chunk) => chunk.text).join('')

  return (
    <>
      <Card>
        <BalanceMeter meter="ai_tokens" />
        <Field
          label={t.text.input}
          value={text}
          onChangeText={setText}
          maxLength={20_000}
          multiline
        />
        <Button
          label={cost ? `${t.text.submit} · ${cost}` : t.text.submit}
          busy={isRunning}
          disabled={text.trim() === ''}
          onPress={() => offline.ask(() => summary.submit({ text }))}
        />
        {isRunning ? <Button label={t.text.stop} kind="plain" onPress={summary.stop} /> : null}
      </Card>
      {summary.refusal ? null : <LowBalance meter="ai_tokens" />}
      {offline.question}
      <CallFailure call={summary} />
      {written ? (
        <Card>
          <Words>{written}</Words>
          {model ? <Words as="quiet">{model}</Words> : null}
          <ReceiptLine receipt={summary.receipt} meter="ai_tokens" />
          {more ? (
            <Words as="quiet">
              {t.results.ranOut(t.cost.fixed(copy.f, more.meter, more.amount))}
            </Words>
          ) : null}
        </Card>
      ) : null}
      <EarlierResults procedure="text.summarize" shown={summary.receipt} />
    </>
  )
}

/** The model that wrote a summary. */
function labelOf(model: { kind: string; name: string } | undefined): string | null {
  if (!model) return null
  return model.kind === 'extractive' ? t.text.extractive : t.text.provider(model.name)
}
