import { describeResult } from '@tollgate/contract/copy'
import { ResultView } from '../results/result-view.tsx'
import { copy } from '../../copy.ts'

/** A replayed result, as in the list of results. */
export function ReplayedResult(props: { procedure: string; output: unknown }) {
  const { procedure, output } = props
  const whole = Array.isArray(output) ? { text: output.map(textOf).join('') } : output
  const { title, content } = describeResult(procedure, whole)
  return <ResultView content={content} title={title ?? copy.t.procedure(procedure)} />
}

function textOf(chunk: unknown): string {
  const isDelta = typeof chunk === 'object' && chunk !== null && 'text' in chunk
  return isDelta && typeof chunk.text === 'string' ? chunk.text : ''
}
