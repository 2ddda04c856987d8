import type { ImageURISource } from 'react-native'
import { serverUrl } from '../../config.ts'
import { useSignedIn } from '../session/session-provider.tsx'

/** The source of a picture: the server sends it only to the user who paid for it, so it needs the token. */
export function usePictureSource(path: string): ImageURISource | null {
  const { token } = useSignedIn()
  return { uri: `${serverUrl()}${path}`, headers: { authorization: `Bearer ${token}` } }
}
