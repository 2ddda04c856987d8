import type { ImageURISource } from 'react-native'
import { serverUrl } from '../../config.ts'
import { useSignedIn } from '../session/session-provider.tsx'

/** Where a picture comes from: the server sends it to the person who paid for it. */
export function usePictureSource(path: string): ImageURISource | null {
  const { token } = useSignedIn()
  return { uri: `${serverUrl()}${path}`, headers: { authorization: `Bearer ${token}` } }
}
