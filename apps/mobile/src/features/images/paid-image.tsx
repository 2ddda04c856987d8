import { Image, StyleSheet } from 'react-native'
// Without a file extension, so that the bundler can pick the platform's file.
import { usePictureSource } from './use-picture-source'

/** A paid picture, as wide as the space allows. */
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
