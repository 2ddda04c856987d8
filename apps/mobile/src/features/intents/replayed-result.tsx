import { Image, StyleSheet } from 'react-native'
import { Words } from '../../ui/words.tsx'

/** A result that came late: a picture, or the text of a stream's chunks. */
export function ReplayedResult({ output }: { output: unknown }) {
  if (isPicture(output)) {
    return (
      <Image
        source={{ uri: output.dataUrl }}
        accessibilityLabel={output.prompt}
        resizeMode="contain"
        style={styles.picture}
      />
    )
  }
  const text = Array.isArray(output) ? output.map(textOf).join('') : ''
  return text ? <Words>{text}</Words> : null
}

function isPicture(output: unknown): output is { dataUrl: string; prompt: string } {
  return (
    typeof output === 'object' &&
    output !== null &&
    'dataUrl' in output &&
    typeof output.dataUrl === 'string' &&
    'prompt' in output &&
    typeof output.prompt === 'string'
  )
}

function textOf(chunk: unknown): string {
  const isDelta = typeof chunk === 'object' && chunk !== null && 'text' in chunk
  return isDelta && typeof chunk.text === 'string' ? chunk.text : ''
}

const styles = StyleSheet.create({ picture: { aspectRatio: 1, borderRadius: 12, width: '100%' } })
