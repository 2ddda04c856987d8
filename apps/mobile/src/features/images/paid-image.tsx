import { Image, StyleSheet } from 'react-native'
// Without an ending, so that the bundler may take the platform's own file.
import { usePictureSource } from './use-picture-source'

/** A picture that was paid for, as wide as there is room. */
export function PaidImage(props: { path: string; label: string; aspectRatio: number }) {
  const source = usePictureSource(props.path)
  return (
    <Image
      {...(source ? { source } : {})}
      accessibilityLabel={props.label}
      resizeMode="contain"
      style={[styles.picture, { aspectRatio: props.aspectRatio }]}
    />
  )
}

const styles = StyleSheet.create({ picture: { borderRadius: 12, width: '100%' } })
