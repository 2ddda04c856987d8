import { describeResult } from '@tollgate/contract/copy'
import type { Outputs } from '../../connection/trpc.ts'
import { ResultView } from '../results/result-view.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'

const { t, f } = copy

/** The stored result of an operation and how long it is stored, or why there is none. */
export function OperationResult({ operation }: { operation: Operation }) {
  const { procedure, state, result } = operation
  if (state === 'executing') return <Words as="quiet">{t.results.running}</Words>
  if (!result) {
    return (
      <Words as="quiet">
        {state === 'settled' ? `${t.results.gone}. ${t.results.goneText(f)}` : t.operation.noResult}
      </Words>
    )
  }
  const { title, content } = describeResult(procedure, result.output)
  return (
    <Card>
      <ResultView content={content} title={title ?? t.procedure(procedure)} />
      {result.complete ? null : <Words as="quiet">{t.results.partial}</Words>}
      <Words as="quiet">{t.results.keptUntil(f, result.keptUntil)}</Words>
    </Card>
  )
}

type Operation = NonNullable<Outputs['billing']['receipt']>
