import { Words } from '../../ui/words.tsx'
import { PaidImage } from '../images/paid-image.tsx'

/** A result that came late: a picture, or the text of a stream's chunks. */
export function ReplayedResult({ output }: { output: unknown }) {
  if (isPicture(output)) {
    return <PaidImage path={output.url} label={output.prompt} aspectRatio={1} />
  }
  const text = Array.isArray(output) ? output.map(textOf).join('') : ''
  return text ? <Words>{text}</Words> : null
}

function isPicture(output: unknown): output is { url: string; prompt: string } {
  return (
    typeof output === 'object' &&
    output !== null &&
    'url' in output &&
    typeof output.url === 'string' &&
    'prompt' in output &&
    typeof output.prompt === 'string'
  )
}

function textOf(chunk: unknown): string {
  const isDelta = typeof chunk === 'object' && chunk !== null && 'text' in chunk
  return isDelta && typeof chunk.text === 'string' ? chunk.text : ''
}
